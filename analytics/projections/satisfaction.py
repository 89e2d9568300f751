"""How well: surveys shown and answered. The person who wrote last is the one who is rated."""

from collections.abc import Iterator

from analytics.metrics import Metric
from analytics.projections.measured import Measured, Step, count
from analytics.projections.state import RATED


def measure(step: Step) -> Iterator[Measured]:
    """Count a survey when it is shown, a rating on the day of the first answer with its latest score."""
    before, after = step.before, step.after
    if after.surveys > before.surveys:
        yield count(step, Metric.ASKED, slot=after.surveys, operator_id=after.last_reply_operator_id)
    if step.event.type == RATED and after.rating is not None and after.rated_resolution is not None:
        yield count(
            step,
            Metric.RATED,
            slot=after.rated_resolution,
            operator_id=after.last_reply_operator_id,
            at=after.rated_at,
            value=after.rating,
        )
