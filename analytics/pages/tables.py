"""The tables of operators and inboxes: worded cells, each leading to its conversations."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.definitions import DEFINITIONS, FEWEST_ANSWERS
from analytics.metrics import Metric
from analytics.parameters import Parameters
from analytics.queries.shapes import Overview, Row, Score, Timing
from analytics.tiles import drill_down
from analytics.wording import NOTHING, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is shown; ``note`` smaller below it, ``href`` to what it counts, ``share`` of the largest in per cent."""

    text: str
    note: str = ""
    href: str = ""
    share: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    name: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    key: str
    title: str | Promise
    head: str | Promise
    columns: tuple[str | Promise, ...]
    rows: tuple[TableRow, ...]


_SPEED = (
    gettext_lazy("First response"),
    gettext_lazy("Waiting time"),
    gettext_lazy("Resolution time"),
    gettext_lazy("Satisfaction"),
)
_VOLUME = (gettext_lazy("Resolved"), gettext_lazy("Reopened"), gettext_lazy("Open"))


def tables(*, report: Overview, parameters: Parameters, wording: Wording) -> dict[str, Table]:
    """Return the tables of operators and of inboxes."""
    make = _Maker(parameters, wording)
    return {
        "operators": Table(
            key="operators",
            title=gettext_lazy("Operators"),
            head=gettext_lazy("Operator"),
            columns=(gettext_lazy("Answered"), *_VOLUME, *_SPEED),
            rows=make.rows(report.operators, Metric.TAKEN, "operator"),
        ),
        "inboxes": Table(
            key="inboxes",
            title=gettext_lazy("Inboxes"),
            head=gettext_lazy("Inbox"),
            columns=(gettext_lazy("New"), *_VOLUME, *_SPEED),
            rows=make.rows(report.inboxes, Metric.NEW, "inbox"),
        ),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRow:
    """Median and 90th percentile of what began in business hours, then of what began out of them."""

    label: str | Promise
    cells: tuple[Cell, ...]


def hours_rows(*, report: Overview, parameters: Parameters, wording: Wording) -> list[HoursRow]:
    """Return the durations split by whether the contact began to wait in business hours."""
    rows = (
        (Metric.FIRST_RESPONSE, report.first_response),
        (Metric.REPLY_TIME, report.reply_time),
        (Metric.FIRST_RESOLUTION, report.resolution),
    )
    return [
        HoursRow(
            label=DEFINITIONS[metric].label,
            cells=tuple(
                cell
                for timing, is_inside in ((timed.in_hours, "true"), (timed.out_of_hours, "false"))
                for cell in _split_cells(timing, drill_down(parameters, metric, in_hours=is_inside), wording)
            ),
        )
        for metric, timed in rows
    ]


def _split_cells(timing: Timing | None, href: str, wording: Wording) -> tuple[Cell, Cell]:
    if timing is None or not timing.n:
        return Cell(text=NOTHING), Cell(text=NOTHING)
    note = _("n = %(n)s") % {"n": wording.number(timing.n)}
    return (
        Cell(text=wording.duration(timing.median), note=note, href=href),
        Cell(text=wording.duration(timing.p90)),
    )


class _Maker:
    def __init__(self, parameters: Parameters, wording: Wording) -> None:
        self.parameters, self.wording = parameters, wording

    def rows(self, rows: tuple[Row, ...], volume: Metric, dimension: str) -> tuple[TableRow, ...]:
        most = max((self._volume(row, volume) for row in rows), default=0)
        return tuple(self._row(row, volume, dimension, most) for row in rows)

    @staticmethod
    def _volume(row: Row, volume: Metric) -> int:
        return row.taken if volume is Metric.TAKEN else row.new

    def _row(self, row: Row, volume: Metric, dimension: str, most: int) -> TableRow:
        inside = self.parameters.narrowed(**{f"{dimension}_id": row.id})
        began = self._volume(row, volume)

        def count(metric: Metric, value: int, share: int = 0) -> Cell:
            href = drill_down(inside, metric) if value else ""
            return Cell(text=self.wording.number(value), href=href, share=share)

        def time(metric: Metric, timing: Timing) -> Cell:
            if not timing.n:
                return Cell(text=NOTHING)
            note = _("n = %(n)s") % {"n": self.wording.number(timing.n)}
            return Cell(text=self.wording.duration(timing.median), note=note, href=drill_down(inside, metric))

        return TableRow(
            name=row.name,
            href=f"{reverse('reports')}?{inside.query()}",
            cells=(
                count(volume, began, round(100 * began / most) if most else 0),
                count(Metric.RESOLVED, row.resolved),
                count(Metric.REOPENED, row.reopened),
                count(Metric.OPEN, row.open_at_end),
                time(Metric.FIRST_RESPONSE, row.first_response),
                time(Metric.REPLY_TIME, row.reply_time),
                time(Metric.FIRST_RESOLUTION, row.resolution),
                self._score(inside, row.satisfaction),
            ),
        )

    def _score(self, inside: Parameters, score: Score) -> Cell:
        if not score.answers:
            return Cell(text=NOTHING)
        note = _("n = %(n)s") % {"n": self.wording.number(score.answers)}
        text = NOTHING if score.answers < FEWEST_ANSWERS else self.wording.percent(score.percent)
        return Cell(text=text, note=note, href=drill_down(inside, Metric.RATED))
