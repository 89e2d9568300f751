"""What a projection sees, and what it gives back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from analytics.metrics import Metric
from analytics.projections.state import ConversationState, Span
from tenants.events import StoredEvent
from tenants.hours import BusinessHours, is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event of a conversation, with what was known before and after it."""

    before: ConversationState
    after: ConversationState
    event: StoredEvent
    hours: BusinessHours

    @property
    def at(self) -> datetime:
        return self.event.created_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A row of ``analytics.models.Measurement``, under the same names."""

    conversation_id: UUID
    metric: Metric
    slot: int
    at: datetime
    started_at: datetime | None
    milliseconds: int | None
    business_milliseconds: int | None
    value: int
    inbox_id: UUID
    operator_id: UUID | None
    team_id: UUID | None
    in_hours: bool


def count(
    step: Step,
    metric: Metric,
    *,
    slot: int = 0,
    operator_id: UUID | None = None,
    at: datetime | None = None,
    value: int = 1,
) -> Measured:
    """Count one thing, at the moment of the event unless ``at`` says otherwise."""
    moment = at or step.at
    return Measured(
        conversation_id=step.after.conversation_id,
        metric=metric,
        slot=slot,
        at=moment,
        started_at=None,
        milliseconds=None,
        business_milliseconds=None,
        value=value,
        inbox_id=step.after.inbox_id,
        operator_id=operator_id,
        team_id=step.after.team_id,
        in_hours=is_open(step.hours, moment),
    )


def time(
    step: Step, metric: Metric, *, since: datetime, span: Span, slot: int = 0, operator_id: UUID | None = None
) -> Measured:
    """Time one thing that ended with the event; ``in_hours`` tells when its clock started."""
    return Measured(
        conversation_id=step.after.conversation_id,
        metric=metric,
        slot=slot,
        at=step.at,
        started_at=since,
        milliseconds=span.ms,
        business_milliseconds=span.business_ms,
        value=1,
        inbox_id=step.after.inbox_id,
        operator_id=operator_id,
        team_id=step.after.team_id,
        in_hours=is_open(step.hours, since),
    )
