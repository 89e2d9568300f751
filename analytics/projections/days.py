"""Keeps the rollups of whole days in step with those of quarters of an hour."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from analytics.models import DayRollup, DayZone
from analytics.projections.rollups import Amount, Key
from tenants.models.tenant import Tenant
from tenants.scoping import current_tenant_id

Slice = DayRollup.Slice

# Cuts the days anew from the rollups, one slice at a time.
_CUT: Final = """
    INSERT INTO analytics_dayrollup
        (id, tenant_id, day, metric, slice, key, in_hours, bins, counts, count, sum)
    SELECT gen_random_uuid(), %(tenant_id)s, day, metric, %(slice)s, key, in_hours,
           array_agg(bin ORDER BY bin), array_agg(n ORDER BY bin), sum(n), sum(total)
    FROM (
        SELECT (bucket AT TIME ZONE %(zone)s)::date AS day, metric,
               CASE %(slice)s WHEN 'inbox' THEN inbox_id WHEN 'operator' THEN operator_id
                              WHEN 'team' THEN team_id END AS key,
               in_hours, bin, sum(count) AS n, sum(sum) AS total
        FROM analytics_rollup WHERE tenant_id = %(tenant_id)s
        GROUP BY 1, 2, 3, 4, 5
    ) AS binned
    WHERE %(slice)s = 'all' OR key IS NOT NULL
    GROUP BY day, metric, key, in_hours
"""


@dataclass(frozen=True, slots=True)
class DayKey:
    """Where a row counts: see ``analytics.models.DayRollup``."""

    day: date
    metric: str
    slice: str
    key: UUID | None
    in_hours: bool


@dataclass(slots=True)
class Histogram:
    """How many of each bin, and the sum of all; additions may be negative."""

    bins: Counter[int] = field(default_factory=Counter)
    sum: int = 0


def add_to_days(settled: Iterable[tuple[Key, Amount]]) -> None:
    """Add what the rollups of the tenant in scope were given (already written there).

    Only the reader calls this, under the lock of its cursor: a histogram is read, added to and written.
    """
    zone = Tenant.objects.values_list("time_zone", flat=True).get(pk=current_tenant_id())
    kept = DayZone.objects.values_list("time_zone", flat=True).first()
    if kept != zone:
        cut_anew(zone)
        return
    if added := by_day(settled, zone=ZoneInfo(zone)):
        _write(added)


def by_day(amounts: Iterable[tuple[Key, Amount]], *, zone: ZoneInfo) -> dict[DayKey, Histogram]:
    """Return what amounts of rollups are to the days of a time zone, in every slice. Pure."""
    found: dict[DayKey, Histogram] = defaultdict(Histogram)
    for key, amount in amounts:
        for where in _places(key, zone):
            found[where].bins[key.bin] += amount.count
            found[where].sum += amount.sum
    return found


def cut_anew(zone: str) -> None:
    """Forget the tenant's days and cut them again from its rollups, in a time zone."""
    tenant_id = current_tenant_id()
    DayRollup.objects.all().delete()
    with connection.cursor() as cursor:
        for part in Slice:
            cursor.execute(_CUT, {"tenant_id": tenant_id, "slice": part.value, "zone": zone})
    DayZone.objects.all().delete()
    DayZone.objects.create(tenant_id=tenant_id, time_zone=zone)


def _places(key: Key, zone: ZoneInfo) -> Iterator[DayKey]:
    day = key.bucket.astimezone(zone).date()
    parts = (
        (Slice.ALL, None),
        (Slice.INBOX, key.inbox_id),
        (Slice.OPERATOR, key.operator_id),
        (Slice.TEAM, key.team_id),
    )
    for part, chosen in parts:
        if part is Slice.ALL or chosen is not None:
            yield DayKey(day=day, metric=key.metric, slice=part.value, key=chosen, in_hours=key.in_hours)


def _write(added: dict[DayKey, Histogram]) -> None:
    tenant_id = current_tenant_id()
    rows: dict[DayKey, DayRollup] = {}
    for row in DayRollup.objects.filter(
        day__in={where.day for where in added}, metric__in={where.metric for where in added}
    ):
        where = DayKey(row.day, row.metric, row.slice, row.key, row.in_hours)
        if where in added:
            rows[where] = row
    kept, emptied = [], []
    for where, more in added.items():
        found = rows.get(where)
        bins = Counter(dict(zip(found.bins, found.counts, strict=True))) if found else Counter[int]()
        bins.update(more.bins)
        full = sorted((number, count) for number, count in bins.items() if count)
        total = more.sum + (found.sum if found else 0)
        if not full and not total:
            emptied += [found.pk] if found else []
            continue
        kept.append(
            DayRollup(
                tenant_id=tenant_id,
                day=where.day,
                metric=where.metric,
                slice=where.slice,
                key=where.key,
                in_hours=where.in_hours,
                bins=[number for number, _count in full],
                counts=[count for _number, count in full],
                count=sum(count for _number, count in full),
                sum=total,
            )
        )
    DayRollup.objects.filter(pk__in=emptied).delete()
    DayRollup.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["tenant", "slice", "metric", "day", "key", "in_hours"],
        update_fields=["bins", "counts", "count", "sum"],
    )
