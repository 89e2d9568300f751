"""What a report mail says: the figures of a period in the reader's words."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from analytics.definitions import DEFINITIONS, FEWEST_ANSWERS
from analytics.metrics import Metric
from analytics.parameters import Parameters
from analytics.queries.shapes import Duration, Overview, Row, Timing
from analytics.tiles import Tile, tiles
from analytics.wording import NOTHING, Wording

# A mail is read on a telephone: the busiest, and a link to the rest.
MOST_ROWS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A duration in and out of business hours: median and 90th percentile each."""

    label: str | Promise
    inside: str
    outside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One operator or inbox."""

    name: str
    volume: str
    resolved: str
    first_response: str
    satisfaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    period: str
    time_zone: str
    tiles: tuple[Tile, ...]
    splits: tuple[Split, ...]
    operators: tuple[Line, ...]
    inboxes: tuple[Line, ...]
    left_out: int


def is_empty(report: Overview) -> bool:
    """Tell whether there is nothing to write about."""
    counts = (report.new, report.resolved, report.reopened, report.taken)
    nothing = not any(count.value or count.previous for count in counts)
    return nothing and not report.satisfaction.current.answers and not report.open_at_end.value


def compose(*, report: Overview, parameters: Parameters, wording: Wording) -> Letter:
    """Return what the templates of the mail show."""
    return Letter(
        period=wording.days(report.period.first, report.period.last),
        time_zone=wording.time_zone,
        tiles=tuple(tiles(report=report, parameters=parameters, wording=wording)),
        splits=tuple(
            _split(metric, timed, wording)
            for metric, timed in (
                (Metric.FIRST_RESPONSE, report.first_response),
                (Metric.FIRST_RESOLUTION, report.resolution),
            )
        ),
        operators=_lines(report.operators, wording, by_taken=True),
        inboxes=_lines(report.inboxes, wording, by_taken=False),
        left_out=max(0, len(report.operators) - MOST_ROWS),
    )


def _split(metric: Metric, timed: Duration, wording: Wording) -> Split:
    return Split(
        label=DEFINITIONS[metric].label,
        inside=_timing(timed.in_hours, wording),
        outside=_timing(timed.out_of_hours, wording),
    )


def _timing(timing: Timing | None, wording: Wording) -> str:
    if timing is None or not timing.n:
        return NOTHING
    return _("%(median)s (90 %% within %(p90)s, n = %(n)s)") % {
        "median": wording.duration(timing.median),
        "p90": wording.duration(timing.p90),
        "n": wording.number(timing.n),
    }


def _lines(rows: tuple[Row, ...], wording: Wording, *, by_taken: bool) -> tuple[Line, ...]:
    busy = [row for row in rows if row.taken or row.new or row.resolved or row.satisfaction.answers]
    return tuple(
        Line(
            name=row.name,
            volume=wording.number(row.taken if by_taken else row.new),
            resolved=wording.number(row.resolved),
            first_response=wording.duration(row.first_response.median),
            satisfaction=wording.percent(row.satisfaction.percent)
            if row.satisfaction.answers >= FEWEST_ANSWERS
            else NOTHING,
        )
        for row in busy[:MOST_ROWS]
    )
