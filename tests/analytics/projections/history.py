"""Events of one conversation, written by hand: a clock in minutes and one line per event."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from analytics.metrics import Metric
from analytics.projections.fold import Folded, fold
from analytics.projections.measured import Measured
from analytics.schedules import EVER, Schedules
from tenants.events import StoredEvent
from tenants.ids import uuid7

# A Monday.
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
CONVERSATION, INBOX = UUID(int=1), UUID(int=2)
ALICE, BOB, TEAM = UUID(int=3), UUID(int=4), UUID(int=5)
VERA = {"kind": "contact", "id": str(UUID(int=6)), "name": "Vera"}
NINE_TO_FIVE = {
    "time_zone": "UTC",
    "always": False,
    "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "holidays": [],
}


def operator(operator_id: UUID) -> dict[str, Any]:
    return {"kind": "operator", "id": str(operator_id), "name": "somebody"}


class History:
    """Collects events; every method takes the minutes since START."""

    def __init__(self, *, hours: dict[str, Any] | None = None) -> None:
        self.events: list[StoredEvent] = []
        self.schedules = Schedules(versions={None: [(EVER, hours)]} if hours else {}, default_zone="UTC")
        self.happens(0, "conversation.created", inbox_id=str(INBOX), language="lt", row={"team_id": None})

    def happens(self, minutes: float, type: str, **body: object) -> None:
        self.events.append(
            StoredEvent(
                id=uuid7(),
                type=type,
                body=body,
                conversation_id=CONVERSATION,
                created_at=START + timedelta(minutes=minutes),
                operators_position=len(self.events) + 1,
                contact_position=None,
            )
        )

    def asks(self, minutes: float) -> None:
        self.happens(minutes, "message.created", message={"author": VERA})

    def replies(self, minutes: float, operator_id: UUID = ALICE) -> None:
        self.happens(minutes, "message.created", message={"author": operator(operator_id)})

    def automatic(self, minutes: float, kind: str = "system") -> None:
        author = {"kind": kind, "id": None if kind == "system" else str(UUID(int=9)), "name": "x"}
        self.happens(minutes, "message.created", message={"author": author})

    def assigned(self, minutes: float, operator_id: UUID | None, team_id: UUID | None = None) -> None:
        self.happens(
            minutes,
            "conversation.assigned",
            operator_id=str(operator_id) if operator_id else None,
            team_id=str(team_id) if team_id else None,
        )

    def resolved(self, minutes: float, by: UUID = ALICE, *, can_rate: bool = False) -> None:
        self.happens(minutes, "conversation.resolved", by=operator(by), can_rate=can_rate)

    def reopened(self, minutes: float) -> None:
        self.happens(minutes, "conversation.reopened", by=VERA)

    def spam(self, minutes: float, *, is_spam: bool) -> None:
        self.happens(minutes, "conversation.marked_spam", is_spam=is_spam)

    def rated(self, minutes: float, score: int, resolution: int = 1) -> None:
        self.happens(minutes, "conversation.rated", score=score, resolution=resolution, comment="", by=VERA)

    def fold(self) -> Folded:
        return fold(self.events, states={}, schedules=self.schedules)

    def measured(self, metric: Metric) -> list[Measured]:
        """Return what was measured of a metric, by slot."""
        found = [one for one in self.fold().measured.values() if one.metric is metric]
        return sorted(found, key=lambda one: one.slot)

    def minutes(self, metric: Metric) -> list[tuple[float, float]]:
        """Return the durations of a metric in minutes: all of it, and the part in business hours."""
        return [
            ((one.milliseconds or 0) / 60_000, (one.business_milliseconds or 0) / 60_000)
            for one in self.measured(metric)
        ]
