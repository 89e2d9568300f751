"""The tiles of the overview: a figure, how it changed, how large the sample is, and what it means."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from analytics.definitions import DEFINITIONS, Better, Definition
from analytics.metrics import Metric
from analytics.parameters import Parameters
from analytics.queries.shapes import Count, Duration, Overview
from analytics.wording import NOTHING, Wording

# A change of less than this many per cent is not worth a colour.
QUIET_PERCENT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Against the period before. ``tone``: good, bad or neutral; ``way``: up, down or same."""

    text: str
    before: str
    way: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    key: str
    label: str | Promise
    definition: str | Promise
    value: str
    notes: tuple[str, ...]
    change: Change | None
    href: str
    spark: str


def tiles(*, report: Overview, parameters: Parameters, wording: Wording) -> list[Tile]:
    """Return the tiles of a report, in the order they are read."""
    make = _Maker(report, parameters, wording)
    first = (
        make.count(Metric.TAKEN, report.taken)
        if report.filters.operator_id
        else make.count(Metric.NEW, report.new, make.out_of_hours())
    )
    return [
        first,
        make.count(Metric.RESOLVED, report.resolved, make.unanswered()),
        make.count(Metric.REOPENED, report.reopened),
        make.count(Metric.OPEN, report.open_at_end),
        make.duration(Metric.FIRST_RESPONSE, report.first_response),
        make.duration(Metric.REPLY_TIME, report.reply_time),
        make.duration(Metric.FIRST_RESOLUTION, report.resolution),
        make.satisfaction(),
    ]


class _Maker:
    def __init__(self, report: Overview, parameters: Parameters, wording: Wording) -> None:
        self.report, self.parameters, self.wording = report, parameters, wording

    def count(self, metric: Metric, counted: Count, note: str = "") -> Tile:
        return self._tile(
            metric,
            value=self.wording.number(counted.value),
            notes=(note,) if note else (),
            change=self._relative(
                DEFINITIONS[metric],
                counted.value,
                counted.previous,
                self.wording.number(counted.previous),
            ),
        )

    def duration(self, metric: Metric, timed: Duration) -> Tile:
        now, before, say = timed.current, timed.previous, self.wording.duration
        notes = (
            (
                _("90 %% within %(time)s") % {"time": say(now.p90)},
                _("mean %(time)s") % {"time": say(now.mean)},
                _("n = %(n)s") % {"n": self.wording.number(now.n)},
            )
            if now.n
            else (_("Nothing measured in this period."),)
        )
        change = (
            self._relative(DEFINITIONS[metric], now.median, before.median, say(before.median))
            if before and now.median is not None
            else None
        )
        return self._tile(metric, value=say(now.median), notes=notes, change=change)

    def satisfaction(self) -> Tile:
        score, before = self.report.satisfaction.current, self.report.satisfaction.previous
        number, percent = self.wording.number, self.wording.percent
        notes = (
            (
                _("n = %(n)s") % {"n": number(score.answers)},
                _("response rate %(rate)s") % {"rate": percent(score.response_rate)},
            )
            if score.answers
            else (_("No ratings in this period."),)
        )
        change = None
        if before and before.percent is not None and score.percent is not None:
            points = round(score.percent) - round(before.percent)
            change = self._change(
                DEFINITIONS[Metric.RATED],
                difference=points,
                text=_("%(points)s points") % {"points": self._signed(points, number(abs(points)))},
                before=percent(before.percent),
                is_quiet=abs(points) < QUIET_PERCENT,
            )
        return self._tile(Metric.RATED, value=percent(score.percent), notes=notes, change=change)

    def out_of_hours(self) -> str:
        new, outside = self.report.new.value, self.report.new_out_of_hours.value
        if not new or not outside:
            return ""
        return _("%(share)s outside business hours") % {"share": self.wording.percent(100 * outside / new)}

    def unanswered(self) -> str:
        if not self.report.unanswered.value:
            return ""
        return _("%(n)s without an answer") % {"n": self.wording.number(self.report.unanswered.value)}

    def _tile(self, metric: Metric, *, value: str, notes: tuple[str, ...], change: Change | None) -> Tile:
        definition = DEFINITIONS[metric]
        return Tile(
            key=metric.value,
            label=definition.label,
            definition=definition.text,
            value=value,
            notes=notes,
            change=change,
            href=drill_down(self.parameters, metric) if value != NOTHING else "",
            spark=f"spark-{metric.value}",
        )

    def _relative(
        self, definition: Definition, value: float | None, previous: float | None, before: str
    ) -> Change | None:
        if value is None or previous is None:
            return None
        if not previous:
            return None if value == previous else Change(text="", before=before, way="same", tone="neutral")
        percent = 100 * (value - previous) / previous
        return self._change(
            definition,
            difference=value - previous,
            text=self._signed(percent, self.wording.percent(abs(percent))),
            before=before,
            is_quiet=abs(percent) < QUIET_PERCENT,
        )

    @staticmethod
    def _signed(value: float, text: str) -> str:
        return f"{'+' if value > 0 else '−' if value < 0 else '±'}{text}"

    @staticmethod
    def _change(
        definition: Definition, *, difference: float, text: str, before: str, is_quiet: bool
    ) -> Change:
        way = "up" if difference > 0 else "down" if difference < 0 else "same"
        tone = "neutral"
        if definition.better is not Better.NEITHER and not is_quiet:
            tone = "good" if (way == "up") == (definition.better is Better.HIGHER) else "bad"
        return Change(text=text, before=before, way=way, tone=tone)


def drill_down(parameters: Parameters, metric: Metric, **more: object) -> str:
    """Return the address of the conversations behind a number."""
    return f"{reverse('report_conversations')}?{parameters.query(measure=metric.value, **more)}"
