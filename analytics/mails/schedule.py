"""When the next report is due, and which days it tells of: in the reader's own time zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from analytics.periods import Period, custom_period

# Before the day's work, after the night's.
HOUR: Final = time(8)


class Frequency(StrEnum):
    """How often; the value is the notice of ``operators.models.NOTIFICATIONS`` that switches it."""

    DAILY = "daily_report"
    WEEKLY = "weekly_report"

    @property
    def timer(self) -> str:
        return f"report.{self.name.lower()}"

    @property
    def days(self) -> int:
        return 1 if self is Frequency.DAILY else 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the reader is: time zone, and the day the account's week begins (1 Monday ... 7 Sunday)."""

    time_zone: str
    week_start: int


def next_due(*, frequency: Frequency, place: Place, after: datetime) -> datetime:
    """Return the first eight o'clock after a moment: of any day, or of the day the week begins."""
    zone = ZoneInfo(place.time_zone)
    day = after.astimezone(zone).date()
    while True:
        due = datetime.combine(day, HOUR, zone).astimezone(UTC)
        if due > after and (frequency is Frequency.DAILY or day.isoweekday() == place.week_start):
            return due
        day += timedelta(days=1)


def reported_period(*, frequency: Frequency, place: Place, at: datetime) -> Period:
    """Return the days a report sent at a moment tells of: yesterday, or the last whole week."""
    today = at.astimezone(ZoneInfo(place.time_zone)).date()
    if frequency is Frequency.WEEKLY:
        today -= timedelta(days=(today.isoweekday() - place.week_start) % 7)
    return custom_period(
        first=today - timedelta(days=frequency.days),
        last=today - timedelta(days=1),
        time_zone=place.time_zone,
        now=at,
    )
