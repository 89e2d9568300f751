"""Histories through the real actions, on a clock of their own."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from analytics.models import DayRollup, Rollup
from analytics.projections.reader import FiguresReader
from conversations.actions.assign import assign
from conversations.actions.change_status import mark_pending, reopen, snooze
from conversations.actions.label import mark_spam
from conversations.actions.rate import rate
from conversations.actions.resolve import resolve
from conversations.actions.send_message import send_message
from conversations.actions.start_conversation import start_conversation
from operators.models import Operator
from tenants.clock import happening_at
from tenants.errors import DomainError
from tenants.events.reader import read_all
from tenants.ids import uuid7
from tenants.models import Tenant
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Visiting, a_draft

# A Monday.
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Story:
    """One conversation of a visitor, told deed by deed; every deed takes the minutes since START."""

    def __init__(self, visitor: Visiting, minutes: float = 0, *, start: datetime = START) -> None:
        self.visitor = visitor
        self.start = start
        self.tenant_id = visitor.actor.tenant_id
        inbox_id = visitor.actor.inbox_id
        assert inbox_id is not None
        with self.at(minutes), tenant_scope(self.tenant_id):
            self.id: UUID = start_conversation(
                actor=visitor.actor, inbox_id=inbox_id, contact_id=visitor.contact_id, client_id=uuid7()
            ).pk

    def at(self, minutes: float) -> AbstractContextManager[None]:
        return happening_at(self.start + timedelta(minutes=minutes))

    def _does(self, minutes: float, action: Callable[..., Any], **arguments: Any) -> None:
        with self.at(minutes), tenant_scope(self.tenant_id):
            action(conversation_id=self.id, **arguments)

    def asks(self, minutes: float) -> "Story":
        self._does(minutes, send_message, actor=self.visitor.actor, draft=a_draft("Where is it?"))
        return self

    def replies(self, minutes: float, operator: Operator) -> "Story":
        self._does(minutes, send_message, actor=operator.actor, draft=a_draft("On its way"))
        return self

    def notes(self, minutes: float, operator: Operator) -> "Story":
        self._does(minutes, send_message, actor=operator.actor, draft=a_draft("Hm", kind="note"))
        return self

    def greets(self, minutes: float) -> "Story":
        self._does(minutes, send_message, actor=system_actor(self.tenant_id), draft=a_draft("Hello!"))
        return self

    def assigned(self, minutes: float, by: Operator, to: Operator | None) -> "Story":
        self._does(minutes, assign, actor=by.actor, operator_id=to.pk if to else None)
        return self

    def resolved(self, minutes: float, by: Operator) -> "Story":
        self._does(minutes, resolve, actor=by.actor)
        return self

    def ended(self, minutes: float) -> "Story":
        self._does(minutes, resolve, actor=self.visitor.actor)
        return self

    def reopened(self, minutes: float, by: Operator) -> "Story":
        self._does(minutes, reopen, actor=by.actor)
        return self

    def snoozed(self, minutes: float, by: Operator) -> "Story":
        until = self.start + timedelta(minutes=minutes + 60)
        self._does(minutes, snooze, actor=by.actor, until=until)
        return self

    def pending(self, minutes: float, by: Operator) -> "Story":
        self._does(minutes, mark_pending, actor=by.actor)
        return self

    def spam(self, minutes: float, by: Operator, *, is_spam: bool = True) -> "Story":
        self._does(minutes, mark_spam, actor=by.actor, is_spam=is_spam)
        return self

    def rated(self, minutes: float, score: int) -> "Story":
        """Press a face; where there is nothing to rate (any more), nothing happens."""
        with suppress(DomainError):
            self._does(minutes, rate, actor=self.visitor.actor, score=score)
        return self


def count_up(tenant: Tenant) -> int:
    """Let the reader fold what it has not folded yet. Returns how many events it took."""
    return read_all(reader=FiguresReader(), tenant_id=TenantId(tenant.pk))


def rollups(tenant: Tenant) -> dict[tuple[object, ...], tuple[int, int]]:
    """Return every rollup of a tenant: its dimensions, count and sum."""
    with tenant_scope(TenantId(tenant.pk)):
        rows = Rollup.objects.values_list(
            "bucket", "metric", "inbox_id", "operator_id", "team_id", "in_hours", "bin", "count", "sum"
        )
        return {row[:7]: (row[7], row[8]) for row in rows}


def days(tenant: Tenant) -> dict[tuple[object, ...], tuple[object, ...]]:
    """Return every rollup of a whole day: its dimensions; bins, counts, total count and sum."""
    with tenant_scope(TenantId(tenant.pk)):
        rows = DayRollup.objects.values_list(
            "day", "metric", "slice", "key", "in_hours", "bins", "counts", "count", "sum"
        )
        return {row[:5]: tuple(row[5:]) for row in rows}
