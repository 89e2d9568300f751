"""From which rollups a span of time is read: whole local days where they are kept, quarters for the rest."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from analytics.models import DayRollup, DayZone
from analytics.periods import Period, midnight
from analytics.queries.shapes import Filters

Slice = DayRollup.Slice
DAY: Final = timedelta(days=1)
NEVER: Final = datetime.max.replace(tzinfo=UTC)


class By(StrEnum):
    """What figures are grouped by; the value is the branch of the statement in ``figures``."""

    ALL = "all"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    WEEKDAY_HOUR = "weekday_hour"
    OPERATOR = "operator"
    INBOX = "inbox"
    IN_HOURS = "in_hours"
    SCORE = "score"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """Days from ``first_day`` up to before ``after_day`` of a slice, and quarters before and after them.

    Either may be empty: then its start is its end.
    """

    slice: str
    key: UUID | None
    first_day: date
    after_day: date
    head: tuple[datetime, datetime]
    tail: tuple[datetime, datetime]


def ranges(*, since: datetime, until: datetime, period: Period, filters: Filters, by: By) -> Ranges:
    """Return where the figures from ``since`` to ``until`` are read."""
    part = _slice(filters, by)
    nothing = (since, since)
    only_quarters = Ranges(
        slice=Slice.ALL, key=None, first_day=date.max, after_day=date.max, head=(since, until), tail=nothing
    )
    if part is None or not DayZone.objects.filter(time_zone=period.time_zone).exists():
        return only_quarters
    first = _first_whole_day(since, period)
    # What has not happened yet is in no rollup: the day that is on is as whole as it can be.
    is_past = until <= period.now
    after = until.astimezone(period.zone).date() if is_past else _day(period.now, period) + 2 * DAY
    if first >= after:
        return only_quarters
    chosen, key = part
    return Ranges(
        slice=chosen,
        key=key,
        first_day=first,
        after_day=after,
        head=(since, midnight(first, period.zone)),
        tail=(midnight(after, period.zone), until) if is_past else nothing,
    )


def _slice(filters: Filters, by: By) -> tuple[str, UUID | None] | None:
    """Return the slice of the days that answers, and its key; None where only the full rollups can."""
    if by in (By.HOUR, By.WEEKDAY_HOUR):
        return None
    wanted = [
        (part, key)
        for part, key in (
            (Slice.INBOX, filters.inbox_id),
            (Slice.OPERATOR, filters.operator_id),
            (Slice.TEAM, filters.team_id),
        )
        if key is not None
    ]
    if by in (By.OPERATOR, By.INBOX):
        own = Slice(by.value)
        if not wanted:
            return own.value, None
        return (own.value, wanted[0][1]) if [part for part, _key in wanted] == [own] else None
    if not wanted:
        return Slice.ALL.value, None
    return (wanted[0][0].value, wanted[0][1]) if len(wanted) == 1 else None


def _day(moment: datetime, period: Period) -> date:
    return moment.astimezone(period.zone).date()


def _first_whole_day(since: datetime, period: Period) -> date:
    day = _day(since, period)
    return day if midnight(day, period.zone) >= since else day + DAY
