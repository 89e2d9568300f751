"""Sums and percentiles of rollups: one statement for every table, series and tile."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from analytics.histogram import seconds_of
from analytics.metrics import Hours, Metric, rollup_metric
from analytics.periods import Period
from analytics.queries.ranges import By, ranges
from analytics.queries.shapes import Filters, Score, Timing
from tenants.models.tenant import Tenant
from tenants.scoping import current_tenant_id

# Keys: a day or the first day of a week as 2026-11-21, the number of an hour since the period's start,
# weekday and hour as "1-00" (Monday) to "7-23", an id, "true" or "false", a score. Sums do not go by score.
_FIGURES: Final = """
    SELECT key, metric, max(size)::bigint, sum(total)::bigint,
           min(bin) FILTER (WHERE reached * 2 >= size),
           min(bin) FILTER (WHERE reached * 10 >= size * 9),
           coalesce(sum(n) FILTER (WHERE bin >= 4), 0)::bigint
    FROM (
        SELECT key, metric, bin, n, total,
               sum(n) OVER (PARTITION BY key, metric ORDER BY bin) AS reached,
               sum(n) OVER (PARTITION BY key, metric) AS size
        FROM (
            SELECT key, metric, bin, sum(n) AS n, sum(total) AS total
            FROM (
                SELECT CASE %(by)s
                         WHEN 'all' THEN ''
                         WHEN 'day' THEN d.day::text
                         WHEN 'week' THEN
                           (d.day - (extract(isodow FROM d.day)::int - %(week_start)s + 7) %% 7)::text
                         WHEN 'operator' THEN d.key::text
                         WHEN 'inbox' THEN d.key::text
                         WHEN 'in_hours' THEN d.in_hours::text
                         WHEN 'score' THEN b.bin::text
                       END AS key,
                       d.metric, b.bin, b.n, CASE WHEN b.place = 1 THEN d.sum ELSE 0 END AS total
                FROM analytics_dayrollup AS d,
                     unnest(d.bins, d.counts) WITH ORDINALITY AS b (bin, n, place)
                WHERE d.tenant_id = %(tenant_id)s AND d.slice = %(slice)s AND d.metric = ANY(%(metrics)s)
                  AND d.day >= %(first_day)s AND d.day < %(after_day)s
                  AND (%(key)s::uuid IS NULL OR d.key = %(key)s::uuid)
                UNION ALL
                SELECT CASE %(by)s
                         WHEN 'all' THEN ''
                         WHEN 'hour' THEN
                           floor(extract(epoch FROM bucket - %(start)s::timestamptz) / 3600)::int::text
                         WHEN 'day' THEN (bucket AT TIME ZONE %(zone)s)::date::text
                         WHEN 'week' THEN (
                           (bucket AT TIME ZONE %(zone)s)::date
                           - (extract(isodow FROM bucket AT TIME ZONE %(zone)s)::int
                              - %(week_start)s + 7) %% 7
                         )::text
                         WHEN 'weekday_hour' THEN to_char(bucket AT TIME ZONE %(zone)s, 'ID-HH24')
                         WHEN 'operator' THEN operator_id::text
                         WHEN 'inbox' THEN inbox_id::text
                         WHEN 'in_hours' THEN in_hours::text
                         WHEN 'score' THEN bin::text
                       END,
                       metric, bin, count, sum
                FROM analytics_rollup
                WHERE tenant_id = %(tenant_id)s AND metric = ANY(%(metrics)s)
                  AND (bucket >= %(head_start)s AND bucket < %(head_end)s
                       OR bucket >= %(tail_start)s AND bucket < %(tail_end)s)
                  AND (%(inbox_id)s::uuid IS NULL OR inbox_id = %(inbox_id)s::uuid)
                  AND (%(operator_id)s::uuid IS NULL OR operator_id = %(operator_id)s::uuid)
                  AND (%(team_id)s::uuid IS NULL OR team_id = %(team_id)s::uuid)
            ) AS parts
            GROUP BY 1, 2, 3
        ) AS bins
    ) AS ranked
    WHERE key IS NOT NULL
    GROUP BY key, metric
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The measurements of one metric in one group. ``positive``: those with a score of 4 or 5."""

    count: int = 0
    sum: int = 0
    median_bin: int | None = None
    p90_bin: int | None = None
    positive: int = 0


NOTHING: Final = Figure()


class Figures:
    """Figures by key and metric; what was not measured is nothing, not an error."""

    def __init__(self, *, found: Mapping[tuple[str, str], Figure], hours: Hours) -> None:
        self._found = found
        self._hours = hours

    @property
    def keys(self) -> set[str]:
        return {key for key, _metric in self._found}

    def figure(self, metric: Metric, *, key: str = "") -> Figure:
        return self._found.get((key, rollup_metric(metric, self._hours)), NOTHING)

    def count(self, metric: Metric, *, key: str = "") -> int:
        return self.figure(metric, key=key).count

    def sum(self, metric: Metric, *, key: str = "") -> int:
        return self.figure(metric, key=key).sum

    def timing(self, metric: Metric, *, key: str = "") -> Timing:
        """Return mean, median and 90th percentile of a duration."""
        found = self.figure(metric, key=key)
        if not found.count or found.median_bin is None or found.p90_bin is None:
            return Timing(n=0)
        return Timing(
            n=found.count,
            mean=found.sum / found.count / 1000,
            median=seconds_of(bin_number=found.median_bin),
            p90=seconds_of(bin_number=found.p90_bin),
        )

    def score(self, *, key: str = "") -> Score:
        """Return the satisfaction: surveys are counted when shown, answers when given."""
        rated, asked = self.figure(Metric.RATED, key=key), self.count(Metric.ASKED, key=key)
        return Score(
            answers=rated.count,
            asked=asked,
            percent=100 * rated.positive / rated.count if rated.count else None,
            mean=rated.sum / rated.count if rated.count else None,
            # Answers to the surveys of days before can outnumber the surveys of a short period.
            response_rate=min(100.0, 100 * rated.count / asked) if asked else None,
        )


def figures(
    *,
    by: By,
    metrics: Collection[Metric],
    period: Period,
    filters: Filters,
    hours: Hours,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Figures:
    """Return the figures of a period, grouped; ``since`` and ``until`` replace its ends."""
    tenant_id = current_tenant_id()
    start = since or period.start
    read = ranges(since=start, until=until or period.until, period=period, filters=filters, by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            _FIGURES,
            {
                "by": by.value,
                "tenant_id": tenant_id,
                "metrics": [rollup_metric(metric, hours) for metric in metrics],
                "start": start,
                "slice": read.slice,
                "key": read.key,
                "first_day": read.first_day,
                "after_day": read.after_day,
                "head_start": read.head[0],
                "head_end": read.head[1],
                "tail_start": read.tail[0],
                "tail_end": read.tail[1],
                "zone": period.time_zone,
                "week_start": _week_start(by),
                "inbox_id": filters.inbox_id,
                "operator_id": filters.operator_id,
                "team_id": filters.team_id,
            },
        )
        found = {
            (key, metric): Figure(count=n, sum=total, median_bin=median, p90_bin=p90, positive=positive)
            for key, metric, n, total, median, p90, positive in cursor.fetchall()
        }
    return Figures(found=found, hours=hours)


def _week_start(by: By) -> int:
    if by is not By.WEEK:
        return 1
    return int(Tenant.objects.values_list("week_start", flat=True).get(pk=current_tenant_id()))
