"""What the reports are made of. Durations are seconds, shares per cent; None: nothing to tell."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

from analytics.metrics import Hours
from analytics.periods import Comparison, Grain, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is counted: everything, or one inbox, one operator, one team."""

    inbox_id: UUID | None = None
    operator_id: UUID | None = None
    team_id: UUID | None = None


EVERYTHING: Final = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many, and how many in the period before."""

    value: int
    previous: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long: ``n`` is the sample size. Median and 90th percentile are within 1 %, the mean is exact."""

    n: int
    mean: float | None = None
    median: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A timing, the one of the period before, and those that began in and out of business hours."""

    current: Timing
    previous: Timing | None = None
    in_hours: Timing | None = None
    out_of_hours: Timing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """``percent``: the share of ratings of 4 and 5 among all answers; ``mean`` of 1 to 5."""

    answers: int
    asked: int
    percent: float | None = None
    mean: float | None = None
    response_rate: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """``distribution``: how many answers gave 1, 2, 3, 4 and 5."""

    current: Score
    previous: Score | None = None
    distribution: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One hour, day or week of the series, by the moment it begins and its local day."""

    start: datetime
    day: date
    new: int
    reopened: int
    resolved: int
    open_at_end: int
    first_response: Timing
    reply_time: Timing
    resolution: Timing
    satisfaction: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One operator, inbox or team in a table. ``taken``: conversations the operator began to answer."""

    id: UUID
    name: str
    new: int
    taken: int
    resolved: int
    reopened: int
    open_at_end: int
    first_response: Timing
    reply_time: Timing
    resolution: Timing
    satisfaction: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything the overview shows. ``heat_map``: new conversations by weekday (Monday first) and hour."""

    period: Period
    comparison: Comparison
    hours: Hours
    filters: Filters
    data_until: datetime | None
    grain: Grain
    new: Count
    taken: Count
    reopened: Count
    resolved: Count
    unanswered: Count
    open_at_end: Count
    new_out_of_hours: Count
    first_response: Duration
    reply_time: Duration
    resolution: Duration
    last_resolution: Duration
    satisfaction: Satisfaction
    series: tuple[Point, ...]
    heat_map: tuple[tuple[int, ...], ...]
    operators: tuple[Row, ...]
    inboxes: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveOperator:
    """A person at work now. ``active``: unresolved conversations in their hands, of at most ``limit``."""

    id: UUID
    name: str
    availability: str
    active: int
    waiting: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What is going on at the moment ``at``."""

    at: datetime
    waiting: int
    longest_wait: float | None
    active: int
    active_waiting: int
    unassigned: int
    pending: int
    snoozed: int
    online: int
    away: int
    offline: int
    load: float | None
    operators: tuple[LiveOperator, ...]
    new_today: int
    resolved_today: int
    first_response_today: Timing
    satisfaction_today: Score


def as_json(value: Any) -> Any:
    """Return a report, or a part of it, as JSON values: times in ISO 8601, a period by its days."""
    if isinstance(value, Period):
        return {
            "preset": value.preset.value,
            "from": value.first.isoformat(),
            "to": value.last.isoformat(),
            "time_zone": value.time_zone,
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: as_json(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
