"""The names of everything that is measured."""

from enum import StrEnum
from typing import Final


class Metric(StrEnum):
    """One metric. The definitions that people read are in ``analytics.definitions``."""

    NEW = "new"
    REOPENED = "reopened"
    RESOLVED = "resolved"
    UNANSWERED = "unanswered"
    OPEN = "open"
    TAKEN = "taken"
    FIRST_RESPONSE = "first_response"
    REPLY_TIME = "reply_time"
    FIRST_RESOLUTION = "first_resolution"
    LAST_RESOLUTION = "last_resolution"
    ASKED = "asked"
    RATED = "rated"


class Hours(StrEnum):
    """Which time a duration counts: all of it, or the part inside business hours."""

    CALENDAR = "calendar"
    BUSINESS = "business"


DURATIONS: Final = frozenset(
    {Metric.FIRST_RESPONSE, Metric.REPLY_TIME, Metric.FIRST_RESOLUTION, Metric.LAST_RESOLUTION}
)
# Written anew when they change: a rating that is given again, the resolution after a reopening.
REPLACED: Final = frozenset({Metric.LAST_RESOLUTION, Metric.RATED})
POSITIVE_SCORE: Final = 4


def rollup_metric(metric: Metric, hours: Hours) -> str:
    """Return the name under which a metric is rolled up for a kind of hours."""
    if hours is Hours.BUSINESS and metric in DURATIONS:
        return f"{metric}_business"
    return metric.value
