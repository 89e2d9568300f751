"""The points of a period: its hours, days or weeks, and how many were open at the end of each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count as CountOf

from analytics.metrics import Hours, Metric
from analytics.models import ConversationFact
from analytics.periods import Grain, Period, midnight
from analytics.queries.figures import Figures, figures
from analytics.queries.ranges import NEVER, By
from analytics.queries.shapes import Filters, Point
from tenants.models.tenant import Tenant
from tenants.scoping import current_tenant_id

HOUR = timedelta(hours=1)
VOLUME = (Metric.NEW, Metric.TAKEN, Metric.REOPENED, Metric.RESOLVED, Metric.OPEN)
SPEED = (Metric.FIRST_RESPONSE, Metric.REPLY_TIME, Metric.FIRST_RESOLUTION)
MOOD = (Metric.ASKED, Metric.RATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One point of a series before it has figures: its key in ``Figures``, its start and its local day."""

    key: str
    start: datetime
    day: date


def slots(*, period: Period, week_start: int) -> list[Slot]:
    """Return the points of a period as far as it has passed; ``week_start``: 1 Monday ... 7 Sunday."""
    return [slot for slot in _slots(period, week_start) if slot.start < period.until]


def _slots(period: Period, week_start: int) -> Iterator[Slot]:
    if period.grain is Grain.HOUR:
        start, number = period.start, 0
        while start < period.end:
            yield Slot(key=str(number), start=start, day=start.astimezone(period.zone).date())
            start, number = start + HOUR, number + 1
        return
    step = timedelta(days=1 if period.grain is Grain.DAY else 7)
    day = period.first
    if period.grain is Grain.WEEK:
        day -= timedelta(days=(day.isoweekday() - week_start) % 7)
    while day <= period.last:
        start = max(period.start, midnight(day, period.zone))
        yield Slot(key=day.isoformat(), start=start.astimezone(UTC), day=day)
        day += step


def series(*, period: Period, filters: Filters, hours: Hours, open_at_end: int) -> tuple[Point, ...]:
    """Return the points of a period; ``open_at_end``: how many are open when it is over."""
    week_start = Tenant.objects.values_list("week_start", flat=True).get(pk=current_tenant_id())
    found = figures(
        by=By(period.grain.value),
        metrics=(*VOLUME, *SPEED, *MOOD),
        period=period,
        filters=filters,
        hours=hours,
    )
    volume = Metric.TAKEN if filters.operator_id else Metric.NEW
    points, still_open = [], open_at_end
    for slot in reversed(slots(period=period, week_start=week_start)):
        points.append(_point(slot, found, volume=volume, open_at_end=still_open))
        still_open -= found.sum(Metric.OPEN, key=slot.key)
    return tuple(reversed(points))


def _point(slot: Slot, found: Figures, *, volume: Metric, open_at_end: int) -> Point:
    key = slot.key
    return Point(
        start=slot.start,
        day=slot.day,
        new=found.count(volume, key=key),
        reopened=found.count(Metric.REOPENED, key=key),
        resolved=found.count(Metric.RESOLVED, key=key),
        open_at_end=open_at_end,
        first_response=found.timing(Metric.FIRST_RESPONSE, key=key),
        reply_time=found.timing(Metric.REPLY_TIME, key=key),
        resolution=found.timing(Metric.FIRST_RESOLUTION, key=key),
        satisfaction=found.score(key=key),
    )


def heat_map(*, period: Period, filters: Filters) -> tuple[tuple[int, ...], ...]:
    """Return how many conversations began, by weekday (Monday first) and local hour."""
    metric = Metric.TAKEN if filters.operator_id else Metric.NEW
    found = figures(
        by=By.WEEKDAY_HOUR, metrics=(metric,), period=period, filters=filters, hours=Hours.CALENDAR
    )
    return tuple(
        tuple(found.count(metric, key=f"{weekday}-{hour:02}") for hour in range(24))
        for weekday in range(1, 8)
    )


def open_now(*, filters: Filters, by: str = "") -> dict[str, int]:
    """Return how many conversations are open, by "operator_id" or "inbox_id", or all under ""."""
    found = ConversationFact.objects.filter(
        is_resolved=False, is_spam=False, first_contact_message_at__isnull=False
    )
    for field in ("inbox_id", "operator_id", "team_id"):
        if (chosen := getattr(filters, field)) is not None:
            found = found.filter(**{field: chosen})
    if not by:
        return {"": found.count()}
    rows = found.order_by().values_list(by).annotate(n=CountOf("pk"))
    return {str(key): n for key, n in rows if key is not None}


def open_at(*, moment: datetime, period: Period, filters: Filters, by: By = By.ALL) -> dict[str, int]:
    """Return how many conversations were open at a moment: those of now, without what changed since."""
    field = {By.OPERATOR: "operator_id", By.INBOX: "inbox_id"}.get(by, "")
    now_open = open_now(filters=filters, by=field)
    since = figures(
        by=by,
        metrics=(Metric.OPEN,),
        period=period,
        filters=filters,
        hours=Hours.CALENDAR,
        since=moment,
        until=NEVER,
    )
    keys: Collection[str] = now_open.keys() | since.keys
    return {key: now_open.get(key, 0) - since.sum(Metric.OPEN, key=key) for key in keys}
