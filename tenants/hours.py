"""Business hours: is it open, when does it open next, how much open time lies between two moments.

Slots are local wall-clock times of a time zone, so days of 23 and 25 hours come out right: every
slot is turned into two moments on its own day. A slot whose end is not after its start runs past
midnight into the next day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# How far ahead an opening is looked for.
HORIZON_DAYS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day on which nobody is there; ``is_yearly``: on that day of every year."""

    day: date
    name: str = ""
    is_yearly: bool = False

    @classmethod
    def from_json(cls, value: Any) -> "Holiday":
        """Read {date, name, yearly}, or a bare date. Raises ValueError, TypeError."""
        fields: dict[str, Any] = {"date": value} if isinstance(value, str) else value
        return cls(
            day=date.fromisoformat(fields["date"]),
            name=fields.get("name", ""),
            is_yearly=fields.get("yearly", False),
        )

    def as_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {"date": self.day.isoformat(), "name": self.name, "yearly": self.is_yearly}

    def is_on(self, day: date) -> bool:
        """Tell whether it falls on a day. What is kept every 29 February is kept in leap years."""
        return day == self.day or (self.is_yearly and (day.month, day.day) == (self.day.month, self.day.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessHours:
    """Weekly slots in a time zone, less holidays. ``is_always`` means day and night."""

    time_zone: str = "UTC"
    is_always: bool = True
    weekly: dict[str, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    holidays: tuple[Holiday, ...] = ()

    @classmethod
    def from_json(cls, value: dict[str, Any] | None, *, default_zone: str) -> "BusinessHours":
        """Read the stored form.

        {time_zone, always, weekly: {mon: [["09:00", "17:00"]]}, holidays: [{date, name, yearly}]}

        Raises ValueError for an unknown zone, day or malformed time.
        """
        value = value or {}
        zone = value.get("time_zone") or default_zone
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"unknown time zone: {zone}") from error
        weekly = value.get("weekly") or {}
        unknown = set(weekly) - set(DAYS)
        if unknown:
            raise ValueError(f"unknown days: {sorted(unknown)}")
        return cls(
            time_zone=zone,
            is_always=bool(value.get("always", True)),
            weekly={
                day: tuple((time.fromisoformat(start), _end(end)) for start, end in slots)
                for day, slots in weekly.items()
            },
            holidays=tuple(Holiday.from_json(day) for day in value.get("holidays") or ()),
        )

    def as_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {
            "time_zone": self.time_zone,
            "always": self.is_always,
            "weekly": {
                day: [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in slots]
                for day, slots in self.weekly.items()
            },
            "holidays": [holiday.as_json() for holiday in sorted(self.holidays, key=lambda one: one.day)],
        }


def always_open() -> BusinessHours:
    return BusinessHours()


def _end(text: str) -> time:
    return time(0) if text == "24:00" else time.fromisoformat(text)


def _slots(hours: BusinessHours, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the (start, end) moments of the slots that begin on a local day."""
    if any(holiday.is_on(day) for holiday in hours.holidays):
        return
    zone = ZoneInfo(hours.time_zone)
    for start, end in hours.weekly.get(DAYS[day.weekday()], ()):
        last = day if end > start else day + timedelta(days=1)
        yield datetime.combine(day, start, zone), datetime.combine(last, end, zone)


def _local_day(hours: BusinessHours, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(hours.time_zone)).date()


def is_open(hours: BusinessHours, at: datetime) -> bool:
    """Tell whether the business is open at a moment (aware)."""
    if hours.is_always:
        return True
    today = _local_day(hours, at)
    days = (today - timedelta(days=1), today)
    return any(
        start.timestamp() <= at.timestamp() < end.timestamp()
        for day in days
        for start, end in _slots(hours, day)
    )


def next_opening(hours: BusinessHours, at: datetime) -> datetime | None:
    """Return the next moment it opens at or after ``at``; ``at`` when open; None when it never does."""
    if is_open(hours, at):
        return at
    today = _local_day(hours, at)
    for ahead in range(HORIZON_DAYS):
        starts = [start for start, _end in _slots(hours, today + timedelta(days=ahead)) if start > at]
        if starts:
            return min(starts)
    return None


def business_seconds(hours: BusinessHours, start: datetime, end: datetime) -> float:
    """Return the open seconds between two moments; 0 when ``end`` is not after ``start``.

    Overlapping slots count once.
    """
    if end <= start:
        return 0.0
    if hours.is_always:
        return end.timestamp() - start.timestamp()
    spans = []
    day, last = _local_day(hours, start) - timedelta(days=1), _local_day(hours, end)
    while day <= last:
        spans += [(a.timestamp(), b.timestamp()) for a, b in _slots(hours, day)]
        day += timedelta(days=1)
    total, reached = 0.0, start.timestamp()
    for opened, closed in sorted(spans):
        a, b = max(opened, reached), min(closed, end.timestamp())
        if b > a:
            total += b - a
            reached = b
    return total
