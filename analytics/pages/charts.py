"""What the charts of the overview draw: data for static/analytics/chart.ts."""

from typing import Any

from django.utils.translation import gettext as _

from analytics.metrics import Hours, Metric
from analytics.parameters import Parameters
from analytics.periods import Grain
from analytics.queries.shapes import Overview, Point
from analytics.tiles import drill_down
from analytics.wording import Wording


def charts(
    *, report: Overview, parameters: Parameters, wording: Wording, week_start: int
) -> dict[str, dict[str, Any]]:
    """Return the charts of a report by name, in the shape of static/analytics/spec.ts."""
    points = report.series
    return {
        "volume": _volume(report, parameters),
        "speed": _speed(report, parameters),
        "ratings": _ratings(report, parameters, wording),
        "heat": _heat(report, parameters, wording, week_start),
        **{
            f"spark-{metric}": _chart("spark", "", "count", report, [_line("", values)])
            for metric, values in _sparks(points).items()
        },
    }


def _sparks(points: tuple[Point, ...]) -> dict[str, list[float | None]]:
    return {
        Metric.NEW: [point.new for point in points],
        Metric.TAKEN: [point.new for point in points],
        Metric.RESOLVED: [point.resolved for point in points],
        Metric.REOPENED: [point.reopened for point in points],
        Metric.OPEN: [point.open_at_end for point in points],
        Metric.FIRST_RESPONSE: [point.first_response.median for point in points],
        Metric.REPLY_TIME: [point.reply_time.median for point in points],
        Metric.FIRST_RESOLUTION: [point.resolution.median for point in points],
        Metric.RATED: [point.satisfaction.percent for point in points],
    }


def key_of(point: Point, grain: Grain) -> str:
    """Return how a point is named in a chart and in an address: its moment, or its day."""
    return point.start.isoformat() if grain is Grain.HOUR else point.day.isoformat()


def _volume(report: Overview, parameters: Parameters) -> dict[str, Any]:
    points = report.series
    began = Metric.TAKEN if report.filters.operator_id else Metric.NEW
    label = _("Answered") if began is Metric.TAKEN else _("New")
    series = [
        {**_line(label, [point.new for point in points]), "mark": "bar", "href": _href(parameters, began)},
        {
            **_line(_("Reopened"), [point.reopened for point in points]),
            "mark": "bar",
            "href": _href(parameters, Metric.REOPENED),
        },
        {
            **_line(_("Resolved"), [point.resolved for point in points]),
            "mark": "line",
            "href": _href(parameters, Metric.RESOLVED),
        },
    ]
    return _chart("bars", _("Conversations"), "count", report, series)


def _speed(report: Overview, parameters: Parameters) -> dict[str, Any]:
    timings = [point.first_response for point in report.series]
    sizes = [timing.n for timing in timings]
    title = (
        _("First response time in business hours")
        if report.hours is Hours.BUSINESS
        else _("First response time")
    )
    series = [
        {
            **_line(_("Median"), [timing.median for timing in timings]),
            "sizes": sizes,
            "href": _href(parameters, Metric.FIRST_RESPONSE),
        },
        {**_line(_("90th percentile"), [timing.p90 for timing in timings]), "sizes": sizes},
    ]
    return _chart("lines", title, "seconds", report, series)


def _ratings(report: Overview, parameters: Parameters, wording: Wording) -> dict[str, Any]:
    values: list[float | None] = list(report.satisfaction.distribution)
    series = [
        {**_line(_("Ratings"), values), "href": drill_down(parameters, Metric.RATED) + "&score="},
    ]
    return _chart("bars", _("Ratings"), "count", report, series) | {
        "axis": "names",
        "xs": [f"{wording.number(score)} ★" for score in range(1, 6)],
        "keys": [str(score) for score in range(1, 6)],
    }


def _heat(report: Overview, parameters: Parameters, wording: Wording, week_start: int) -> dict[str, Any]:
    names = wording.weekdays()
    metric = Metric.TAKEN if report.filters.operator_id else Metric.NEW
    order = [(week_start - 1 + day) % 7 for day in range(7)]
    series = [
        {
            **_line(names[day], list(report.heat_map[day])),
            "href": drill_down(parameters, metric, weekday=day + 1) + "&hour=",
        }
        for day in order
    ]
    title = _("When conversations begin")
    return _chart("heat", title, "count", report, series) | {
        "axis": "names",
        "xs": [wording.number(hour) for hour in range(24)],
        "keys": [str(hour) for hour in range(24)],
    }


def _line(name: str, values: list[float | None]) -> dict[str, Any]:
    return {"name": name, "values": [round(value, 1) if value is not None else None for value in values]}


def _href(parameters: Parameters, metric: Metric) -> str:
    return drill_down(parameters, metric) + "&point="


def _chart(
    kind: str, title: str, unit: str, report: Overview, series: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": title,
        "unit": unit,
        "axis": report.grain.value,
        "xs": [key_of(point, report.grain) for point in report.series] if kind != "spark" else [],
        "series": series,
        "texts": {
            "table": _("Show as a table"),
            "chart": _("Show as a chart"),
            "x": _("Time"),
            "size": _("n = %(n)s"),
            "empty": _("Nothing happened in this period."),
        }
        if kind != "spark"
        else {},
    }
