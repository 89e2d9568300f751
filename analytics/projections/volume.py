"""How many: new, reopened, resolved, resolved without an answer, and open at any time."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from analytics.metrics import Metric
from analytics.projections.measured import Measured, Step, count
from analytics.projections.state import RESOLVED, as_uuid


def measure(step: Step) -> Iterator[Measured]:
    """Count what this event changed in the number of conversations."""
    before, after = step.before, step.after
    if before.first_contact_message_at is None and after.first_contact_message_at is not None:
        yield count(step, Metric.NEW)
    if after.reopenings > before.reopenings:
        yield count(step, Metric.REOPENED, slot=after.reopenings, operator_id=after.operator_id)
    if after.resolutions > before.resolutions:
        operator_id = resolver(step)
        yield count(step, Metric.RESOLVED, slot=after.resolutions, operator_id=operator_id)
        if not before.has_reply_since_opening:
            yield count(step, Metric.UNANSWERED, slot=after.resolutions, operator_id=operator_id)
    if after.open_changes > before.open_changes:
        yield from _moved(step)


def resolver(step: Step) -> UUID | None:
    """Return who gets the credit: the operator in charge, else the one who resolved it."""
    if step.after.operator_id or step.event.type != RESOLVED:
        return step.after.operator_id
    by = step.event.body["by"]
    return as_uuid(by["id"]) if isinstance(by, dict) and by["kind"] == "operator" else None


def _moved(step: Step) -> Iterator[Measured]:
    """One more among those who have it now, one less among those who had it: a hand-over does both."""
    before, after = step.before, step.after
    if before.is_counted_open:
        left = count(step, Metric.OPEN, slot=after.open_changes - 1, operator_id=before.operator_id, value=-1)
        yield replace(left, team_id=before.team_id)
    if after.is_counted_open:
        yield count(step, Metric.OPEN, slot=after.open_changes, operator_id=after.operator_id)
