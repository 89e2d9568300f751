"""Periods of a report: whole local days of the account, and the moments of UTC they stand for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from analytics.projections.rollups import BUCKET, bucket_of
from tenants.errors import BadRequest

LONGEST_DAYS: Final = 731


class Preset(StrEnum):
    """The periods one click away."""

    TODAY = "today"
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"
    CUSTOM = "custom"


PRESET_DAYS: Final = {Preset.TODAY: 1, Preset.WEEK: 7, Preset.MONTH: 30, Preset.QUARTER: 90}


class Comparison(StrEnum):
    """What a figure is held against."""

    PREVIOUS = "previous"
    NONE = "none"


class Grain(StrEnum):
    """What one point of a series stands for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The local days from ``first`` to ``last`` (both within), as far as they have passed at ``now``."""

    preset: Preset
    first: date
    last: date
    time_zone: str
    now: datetime
    # The period before is cut at the same time of its last day, so that an unfinished day is fair.
    cut: time | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def start(self) -> datetime:
        """The first moment, in UTC."""
        return midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after the last day, in UTC, though it may lie ahead."""
        return midnight(self.last + timedelta(days=1), self.zone)

    @property
    def until(self) -> datetime:
        """The first moment that is not counted: the end, or the next quarter of an hour while it is on."""
        if self.cut is not None:
            cut = datetime.combine(self.last, self.cut, self.zone).astimezone(UTC)
            return min(self.end, bucket_of(cut) + BUCKET)
        if self.start <= self.now < self.end:
            return bucket_of(self.now) + BUCKET
        return self.end

    @property
    def grain(self) -> Grain:
        """Hours for up to two days, days for up to about three months, else weeks."""
        if self.days <= 2:
            return Grain.HOUR
        return Grain.DAY if self.days <= 100 else Grain.WEEK

    def previous(self) -> "Period":
        """Return the same number of days just before; cut at the same time of day while this one is on."""
        span = timedelta(days=self.days)
        is_on = self.start <= self.now < self.end
        missing = (self.last - self.now.astimezone(self.zone).date()) if is_on else timedelta(0)
        return Period(
            preset=Preset.CUSTOM,
            first=self.first - span,
            last=self.last - span - missing,
            time_zone=self.time_zone,
            now=self.now,
            cut=self.now.astimezone(self.zone).time() if is_on else None,
        )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment a local day begins, in UTC (where midnight is skipped: the first moment after it)."""
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def preset_period(*, preset: Preset, time_zone: str, now: datetime) -> Period:
    """Return the period of a preset, ending today. Raises BadRequest for CUSTOM, which has no length."""
    if preset not in PRESET_DAYS:
        raise BadRequest(errors={"period": ["custom needs from and to"]})
    today = now.astimezone(ZoneInfo(time_zone)).date()
    first = today - timedelta(days=PRESET_DAYS[preset] - 1)
    return Period(preset=preset, first=first, last=today, time_zone=time_zone, now=now)


def custom_period(*, first: date, last: date, time_zone: str, now: datetime) -> Period:
    """Return the period of two days, both within. Raises BadRequest when turned round or too far apart."""
    if last < first:
        raise BadRequest(errors={"to": ["lies before from"]})
    if (last - first).days >= LONGEST_DAYS:
        raise BadRequest(errors={"to": [f"at most {LONGEST_DAYS} days"]})
    return Period(preset=Preset.CUSTOM, first=first, last=last, time_zone=time_zone, now=now)
