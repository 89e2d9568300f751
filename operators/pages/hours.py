"""The business hours editor: rows of slots per weekday and a list of holidays, read from a form."""

from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise, zip_longest
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from operators.pages.forms import is_time_zone, time_zone_choices
from tenants.digits import own_digits
from tenants.hours import DAYS, BusinessHours
from tenants.hours_form import MAX_HOLIDAY_NAME

MOST_SLOTS: Final = 6
MOST_HOLIDAYS: Final = 100
DAY_NAMES: Final = dict(
    zip(
        DAYS,
        (
            gettext_lazy("Monday"),
            gettext_lazy("Tuesday"),
            gettext_lazy("Wednesday"),
            gettext_lazy("Thursday"),
            gettext_lazy("Friday"),
            gettext_lazy("Saturday"),
            gettext_lazy("Sunday"),
        ),
        strict=True,
    )
)
DEFAULT_SLOT: Final = ("09:00", "17:00")


@dataclass(slots=True, kw_only=True)
class DayRow:
    """One weekday of the editor: its slots as typed, and what is wrong with them."""

    key: str
    name: Any
    slots: list[tuple[str, str]]
    error: str = ""


@dataclass(slots=True, kw_only=True)
class HolidayRow:
    """A holiday as typed."""

    day: str
    name: str = ""
    is_yearly: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"date": self.day, "name": " ".join(self.name.split()), "yearly": self.is_yearly}


@dataclass(slots=True, kw_only=True)
class HoursEditor:
    """The editor's state: from stored hours, or from what somebody sent."""

    mode: str  # "always", "weekly", or "tenant" (an inbox or a team that follows the business)
    days: list[DayRow]
    holidays: list[HolidayRow] = field(default_factory=list)
    time_zone: str = ""  # its own; empty: that of the business
    error: str = ""
    may_follow_tenant: bool = False

    @classmethod
    def of(
        cls, stored: dict[str, Any] | None, *, week_start: int, may_follow_tenant: bool = False
    ) -> "HoursEditor":
        """Show stored hours; None shows an inbox or a team that follows the business."""
        hours = BusinessHours.from_json(stored, default_zone="UTC")
        mode = "tenant" if stored is None and may_follow_tenant else "always" if hours.is_always else "weekly"
        weekly = hours.as_json()["weekly"]
        if not any(weekly.values()):
            weekly = {day: [list(DEFAULT_SLOT)] for day in DAYS[:5]}
        days = [
            DayRow(key=day, name=DAY_NAMES[day], slots=[(start, end) for start, end in weekly.get(day, ())])
            for day in _days_from(week_start)
        ]
        holidays = [
            HolidayRow(day=one.day.isoformat(), name=one.name, is_yearly=one.is_yearly)
            for one in sorted(hours.holidays, key=lambda one: one.day)
        ]
        return cls(
            mode=mode,
            days=days,
            holidays=holidays,
            time_zone=(stored or {}).get("time_zone") or "",
            may_follow_tenant=may_follow_tenant,
        )

    @classmethod
    def sent(cls, data: QueryDict, *, week_start: int, may_follow_tenant: bool = False) -> "HoursEditor":
        """Read what was sent.

        ``hours_mode``, ``hours_zone``, the lists ``<day>_start`` and ``<day>_end``, and ``holiday``,
        ``holiday_name`` and ``holiday_every`` ("year" or "once").
        """
        modes = {"always", "weekly"} | ({"tenant"} if may_follow_tenant else set())
        mode = data.get("hours_mode", "tenant" if may_follow_tenant else "always")
        days = []
        for day in _days_from(week_start):
            pairs = zip(data.getlist(f"{day}_start"), data.getlist(f"{day}_end"), strict=False)
            slots = [(start.strip(), end.strip()) for start, end in pairs if start.strip() or end.strip()]
            days.append(DayRow(key=day, name=DAY_NAMES[day], slots=slots))
        named = zip_longest(
            data.getlist("holiday"), data.getlist("holiday_name"), data.getlist("holiday_every"), fillvalue=""
        )
        holidays = [
            HolidayRow(day=day.strip(), name=name.strip(), is_yearly=every == "year")
            for day, name, every in named
            if day.strip()
        ]
        return cls(
            mode=mode if mode in modes else "always",
            days=days,
            holidays=holidays,
            time_zone=data.get("hours_zone", "").strip(),
            may_follow_tenant=may_follow_tenant,
        )

    @property
    def zones(self) -> list[Any]:
        """Return the time zones on offer, grouped by the part of the world."""
        return time_zone_choices()

    def is_valid(self) -> bool:
        """Check every row and note its error beside it."""
        for row in self.days:
            row.error = _slots_error(row.slots) if self.mode == "weekly" else ""
        self.error = self._error()
        return not self.error and not any(row.error for row in self.days)

    def _error(self) -> str:
        if self.mode == "weekly" and not any(row.slots for row in self.days):
            return _("Enter at least one opening time, or choose “always open”.")
        if len(self.holidays) > MOST_HOLIDAYS:
            return own_digits(_("At most %(number)d holidays can be kept.") % {"number": MOST_HOLIDAYS})
        for holiday in self.holidays:
            try:
                date.fromisoformat(holiday.day)
            except ValueError:
                return _("%(day)s is not a date.") % {"day": holiday.day[:20]}
            if len(holiday.name) > MAX_HOLIDAY_NAME:
                return own_digits(
                    _("The name of a holiday has up to %(limit)d characters.") % {"limit": MAX_HOLIDAY_NAME}
                )
        if self.time_zone and not is_time_zone(self.time_zone):
            return _("There is no such time zone.")
        return ""

    def as_json(self) -> dict[str, Any] | None:
        """Return what is stored; None for what follows the business. Call is_valid() first."""
        if self.mode == "tenant":
            return None
        by_day = {holiday.day: holiday for holiday in self.holidays}
        weekly = {
            row.key: [[start[:5], end[:5]] for start, end in sorted(row.slots)]
            for row in self.days
            if row.slots
        }
        return {
            "time_zone": self.time_zone or None,
            "always": self.mode == "always",
            "weekly": {day: weekly[day] for day in DAYS if day in weekly},
            "holidays": [by_day[day].as_json() for day in sorted(by_day)],
        }


def _days_from(week_start: int) -> list[str]:
    first = week_start - 1
    return [*DAYS[first:], *DAYS[:first]]


def _slots_error(slots: list[tuple[str, str]]) -> str:
    if len(slots) > MOST_SLOTS:
        return own_digits(_("At most %(number)d times a day can be kept.") % {"number": MOST_SLOTS})
    spans = []
    for start_text, end_text in slots:
        try:
            start, end = time.fromisoformat(start_text), time.fromisoformat(end_text)
        except ValueError:
            return _("Enter both times, like 09:00 and 17:00.")
        if start == end:
            return _("Opening and closing time are the same.")
        first = start.hour * 60 + start.minute
        last = end.hour * 60 + end.minute
        spans.append((first, last if last > first else last + 24 * 60))
    spans.sort()
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        return _("These times overlap.")
    return ""
