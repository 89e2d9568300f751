"""How fast: first response, every turn's reply, resolution; and who took the conversation."""

from collections.abc import Iterator

from analytics.metrics import Metric
from analytics.projections.measured import Measured, Step, count, time
from analytics.projections.state import Span
from analytics.projections.volume import resolver


def measure(step: Step) -> Iterator[Measured]:
    """Time what this event ended."""
    yield from _replies(step)
    yield from _resolutions(step)


def _replies(step: Step) -> Iterator[Measured]:
    before, after = step.before, step.after
    author = after.last_reply_operator_id
    if len(after.replied_operator_ids) > len(before.replied_operator_ids):
        yield count(step, Metric.TAKEN, slot=len(after.replied_operator_ids), operator_id=author)
    asked_at = after.first_contact_message_at
    if before.first_reply_at is None and asked_at is not None and after.first_reply_ms is not None:
        span = Span(ms=after.first_reply_ms, business_ms=after.first_reply_business_ms or 0)
        yield time(step, Metric.FIRST_RESPONSE, since=asked_at, span=span, operator_id=author)
    if before.waiting_since is not None and after.answered_turns > before.answered_turns:
        span = Span.between(before.waiting_since, step.at, hours=step.hours)
        yield time(
            step,
            Metric.REPLY_TIME,
            since=before.waiting_since,
            span=span,
            slot=after.answered_turns,
            operator_id=author,
        )


def _resolutions(step: Step) -> Iterator[Measured]:
    before, after = step.before, step.after
    asked_at = after.first_contact_message_at
    if after.resolutions == before.resolutions or asked_at is None or after.last_resolution_ms is None:
        return
    span = Span(ms=after.last_resolution_ms, business_ms=after.last_resolution_business_ms or 0)
    operator_id = resolver(step)
    if not before.resolutions:
        yield time(step, Metric.FIRST_RESOLUTION, since=asked_at, span=span, operator_id=operator_id)
    yield time(step, Metric.LAST_RESOLUTION, since=asked_at, span=span, operator_id=operator_id)
