"""The report of one period. Pages, exports, mails and the API all call this."""

from typing import Final
from uuid import UUID

from analytics.metrics import Hours, Metric
from analytics.periods import Comparison, Period
from analytics.queries.figures import Figures, figures
from analytics.queries.freshness import data_until
from analytics.queries.ranges import By
from analytics.queries.series import MOOD, SPEED, VOLUME, heat_map, open_at, series
from analytics.queries.shapes import EVERYTHING, Count, Duration, Filters, Overview, Row, Satisfaction
from conversations.models import Inbox
from operators.models import Operator
from tenants.permissions import Role

TABLE: Final = (*VOLUME, *SPEED, *MOOD)
TILES: Final = (*TABLE, Metric.UNANSWERED, Metric.LAST_RESOLUTION)


def overview(
    *,
    period: Period,
    comparison: Comparison = Comparison.PREVIOUS,
    filters: Filters = EVERYTHING,
    hours: Hours = Hours.CALENDAR,
) -> Overview:
    """Return the report of the tenant in scope.

    ``hours`` chooses which time durations count; volumes are the same for both. Everything is counted
    at the time of what is measured, in the account's time zone.
    """
    found = figures(by=By.ALL, metrics=TILES, period=period, filters=filters, hours=hours)
    before = period.previous()
    previous = (
        figures(by=By.ALL, metrics=TILES, period=before, filters=filters, hours=hours)
        if comparison is Comparison.PREVIOUS
        else None
    )
    split = figures(by=By.IN_HOURS, metrics=(Metric.NEW, *SPEED), period=period, filters=filters, hours=hours)
    open_at_end = open_at(moment=period.until, period=period, filters=filters).get("", 0)
    open_before = (
        open_at(moment=before.until, period=before, filters=filters).get("", 0)
        if previous is not None
        else None
    )

    def counted(metric: Metric) -> Count:
        return Count(value=found.count(metric), previous=previous.count(metric) if previous else None)

    def timed(metric: Metric) -> Duration:
        return _duration(metric, found, previous, split)

    return Overview(
        period=period,
        comparison=comparison,
        hours=hours,
        filters=filters,
        data_until=data_until(),
        grain=period.grain,
        new=counted(Metric.NEW),
        taken=counted(Metric.TAKEN),
        reopened=counted(Metric.REOPENED),
        resolved=counted(Metric.RESOLVED),
        unanswered=counted(Metric.UNANSWERED),
        open_at_end=Count(value=open_at_end, previous=open_before),
        new_out_of_hours=Count(value=split.count(Metric.NEW, key="false")),
        first_response=timed(Metric.FIRST_RESPONSE),
        reply_time=timed(Metric.REPLY_TIME),
        resolution=timed(Metric.FIRST_RESOLUTION),
        last_resolution=timed(Metric.LAST_RESOLUTION),
        satisfaction=_satisfaction(found, previous, period=period, filters=filters),
        series=series(period=period, filters=filters, hours=hours, open_at_end=open_at_end),
        heat_map=heat_map(period=period, filters=filters),
        operators=operators_table(period=period, filters=filters, hours=hours),
        inboxes=inboxes_table(period=period, filters=filters, hours=hours),
    )


def _duration(metric: Metric, found: Figures, previous: Figures | None, split: Figures) -> Duration:
    return Duration(
        current=found.timing(metric),
        previous=previous.timing(metric) if previous else None,
        in_hours=split.timing(metric, key="true"),
        out_of_hours=split.timing(metric, key="false"),
    )


def _satisfaction(
    found: Figures, previous: Figures | None, *, period: Period, filters: Filters
) -> Satisfaction:
    by_score = figures(
        by=By.SCORE, metrics=(Metric.RATED,), period=period, filters=filters, hours=Hours.CALENDAR
    )
    one, two, three, four, five = (by_score.count(Metric.RATED, key=str(score)) for score in range(1, 6))
    return Satisfaction(
        current=found.score(),
        previous=previous.score() if previous else None,
        distribution=(one, two, three, four, five),
    )


def operators_table(*, period: Period, filters: Filters, hours: Hours) -> tuple[Row, ...]:
    """Return a row for everyone at work, and for those who left but have figures; the busiest first."""
    found = figures(by=By.OPERATOR, metrics=TABLE, period=period, filters=filters, hours=hours)
    is_open = open_at(moment=period.until, period=period, filters=filters, by=By.OPERATOR)
    names = {
        str(operator.pk): operator.display_name
        for operator in Operator.objects.all()
        if str(operator.pk) in found.keys | is_open.keys()
        or (operator.is_active and operator.role != Role.VIEWER and filters == EVERYTHING)
    }
    rows = _rows(names, found, is_open)
    return tuple(sorted(rows, key=lambda row: (-row.taken, -row.resolved, row.name)))


def inboxes_table(*, period: Period, filters: Filters, hours: Hours) -> tuple[Row, ...]:
    """Return a row for every inbox that has figures or is enabled; the busiest first."""
    found = figures(by=By.INBOX, metrics=TABLE, period=period, filters=filters, hours=hours)
    is_open = open_at(moment=period.until, period=period, filters=filters, by=By.INBOX)
    names = {
        str(inbox.pk): inbox.name
        for inbox in Inbox.objects.all()
        if str(inbox.pk) in found.keys | is_open.keys() or (inbox.is_enabled and filters == EVERYTHING)
    }
    rows = _rows(names, found, is_open)
    return tuple(sorted(rows, key=lambda row: (-row.new, -row.taken, row.name)))


def _rows(names: dict[str, str], found: Figures, is_open: dict[str, int]) -> list[Row]:
    return [
        Row(
            id=UUID(key),
            name=name,
            new=found.count(Metric.NEW, key=key),
            taken=found.count(Metric.TAKEN, key=key),
            resolved=found.count(Metric.RESOLVED, key=key),
            reopened=found.count(Metric.REOPENED, key=key),
            open_at_end=is_open.get(key, 0),
            first_response=found.timing(Metric.FIRST_RESPONSE, key=key),
            reply_time=found.timing(Metric.REPLY_TIME, key=key),
            resolution=found.timing(Metric.FIRST_RESOLUTION, key=key),
            satisfaction=found.score(key=key),
        )
        for key, name in names.items()
    ]
