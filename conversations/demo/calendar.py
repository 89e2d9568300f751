"""When things happen at the demo shop: busy weekdays, a lunch peak, a slow growth over three months."""

import math
from datetime import datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from tenants.hours import BusinessHours, is_open, next_opening

ZONE: Final = "Europe/Vilnius"
DAYS: Final = 90
HOURS: Final = BusinessHours.from_json(
    {"always": False, "weekly": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}},
    default_zone=ZONE,
)
# How busy the hours of a day are, from midnight on.
_HOURS_OF_DAY: Final = (1, 0, 0, 0, 0, 0, 1, 3, 8, 14, 16, 15, 18, 16, 14, 13, 12, 11, 9, 8, 9, 8, 5, 2)
_WEEKDAYS: Final = (12, 11, 10, 10, 9, 5, 4)


def starts(*, random: Random, until: datetime, count: int) -> list[datetime]:
    """Return ``count`` moments in the DAYS before ``until``, in order; none in the last twelve hours."""
    zone = ZoneInfo(ZONE)
    midnight = until.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight - timedelta(days=back) for back in range(DAYS, 0, -1)]
    weights = [_WEEKDAYS[day.weekday()] * (1 + index / DAYS) for index, day in enumerate(days)]
    hours = random.choices(range(24), _HOURS_OF_DAY, k=count)
    made = [
        day.replace(hour=hour, minute=random.randrange(60), second=random.randrange(60))
        for day, hour in zip(random.choices(days, weights, k=count), hours, strict=True)
    ]
    latest = until - timedelta(hours=12)
    return sorted(moment if moment < latest else moment - timedelta(days=1) for moment in made)


def first_answer_after(moment: datetime, *, random: Random, until: datetime) -> datetime:
    """Return when somebody answers: within minutes while the shop is open, else soon after it opens.

    Before ``until`` in any case: what came on this week-end was answered by somebody who looked in.
    """
    if is_open(HOURS, moment):
        return moment + lasting(random, median=150, spread=1.0, most=5400)
    opening = next_opening(HOURS, moment)
    if opening is None or opening > until - timedelta(hours=8):
        return moment + lasting(random, median=1500, spread=0.8, most=9000)
    return opening + lasting(random, median=900, spread=0.8, most=7200)


def lasting(random: Random, *, median: float, spread: float, most: float) -> timedelta:
    """Return a duration as people take them: most near the ``median`` (seconds), a few much longer."""
    return timedelta(seconds=min(most, math.exp(random.gauss(math.log(median), spread)) + 5))
