"""Business hours as somebody sends them: checked, then in the form they are stored in. Pure."""

from typing import Any, Final

from django.utils.translation import gettext as _

from tenants.hours import BusinessHours

# Slots and holidays together.
MAX_ENTRIES: Final = 400
MAX_HOLIDAY_NAME: Final = 60
_FIELDS: Final = {"time_zone", "always", "weekly", "holidays"}


def checked_hours(given: Any) -> dict[str, Any]:
    """Return hours as they are stored.

    {time_zone, always, weekly: {mon: [["09:00", "17:00"]]}, holidays: [{date, name, yearly}]}; a holiday may be a
    bare date. ``time_zone`` None is the business's own. Raises ValueError with what to tell whoever sent them.
    """
    if not _is_well_formed(given):
        raise ValueError(_("These are not business hours."))
    try:
        made = BusinessHours.from_json(given, default_zone="UTC").as_json()
    except (ValueError, TypeError) as error:
        raise ValueError(_("These are not business hours.")) from error
    return made | {"time_zone": given.get("time_zone") or None}


def _is_well_formed(given: Any) -> bool:
    if not isinstance(given, dict) or not set(given) <= _FIELDS:
        return False
    weekly, holidays = given.get("weekly", {}), given.get("holidays", [])
    if not isinstance(weekly, dict) or not isinstance(holidays, list):
        return False
    days = list(weekly.values())
    if not all(isinstance(slots, list) and all(_is_slot(slot) for slot in slots) for slots in days):
        return False
    return (
        isinstance(given.get("always", True), bool)
        and isinstance(given.get("time_zone", ""), str | None)
        and all(_is_holiday(day) for day in holidays)
        and sum(len(slots) for slots in days) + len(holidays) <= MAX_ENTRIES
    )


def _is_slot(slot: Any) -> bool:
    return isinstance(slot, list) and len(slot) == 2 and all(isinstance(moment, str) for moment in slot)


def _is_holiday(day: Any) -> bool:
    if isinstance(day, str):
        return True
    if not isinstance(day, dict) or not set(day) <= {"date", "name", "yearly"}:
        return False
    name = day.get("name", "")
    return (
        isinstance(day.get("date"), str)
        and isinstance(name, str)
        and len(name) <= MAX_HOLIDAY_NAME
        and isinstance(day.get("yearly", False), bool)
    )
