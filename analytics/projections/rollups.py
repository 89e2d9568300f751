"""What a measurement adds to the rollups. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from analytics.histogram import bin_of
from analytics.metrics import Hours, Metric, rollup_metric

BUCKET: Final = timedelta(minutes=15)
_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Key:
    """Where a rollup counts: see ``analytics.models.Rollup``."""

    bucket: datetime
    metric: str
    inbox_id: UUID
    operator_id: UUID | None
    team_id: UUID | None
    in_hours: bool
    bin: int


@dataclass(slots=True)
class Amount:
    count: int = 0
    sum: int = 0


class Countable(Protocol):
    """A measurement, as it is folded or as it is stored."""

    @property
    def metric(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def milliseconds(self) -> int | None: ...
    @property
    def business_milliseconds(self) -> int | None: ...
    @property
    def value(self) -> int: ...
    @property
    def inbox_id(self) -> UUID: ...
    @property
    def operator_id(self) -> UUID | None: ...
    @property
    def team_id(self) -> UUID | None: ...
    @property
    def in_hours(self) -> bool: ...


class Amounts(defaultdict[Key, Amount]):
    """Additions to rollups, by key."""

    def __init__(self) -> None:
        super().__init__(Amount)

    def add(self, measurement: Countable, *, times: int = 1) -> None:
        """Add a measurement, or take it back with ``times=-1``."""
        metric = Metric(measurement.metric)
        if measurement.milliseconds is None:
            score = measurement.value if metric is Metric.RATED else 0
            self._put(measurement, metric.value, score, measurement.value, times)
            return
        for hours, ms in (
            (Hours.CALENDAR, measurement.milliseconds),
            (Hours.BUSINESS, measurement.business_milliseconds or 0),
        ):
            self._put(measurement, rollup_metric(metric, hours), bin_of(milliseconds=ms), ms, times)

    def _put(self, measurement: Countable, metric: str, bin_number: int, value: int, times: int) -> None:
        key = Key(
            bucket=bucket_of(measurement.at),
            metric=metric,
            inbox_id=measurement.inbox_id,
            operator_id=measurement.operator_id,
            team_id=measurement.team_id,
            in_hours=measurement.in_hours,
            bin=bin_number,
        )
        amount = self[key]
        amount.count += times
        amount.sum += times * value

    def settled(self) -> list[tuple[Key, Amount]]:
        """Return what is not nothing, in one order for all, so that two writers never lock crosswise."""
        found = [(key, amount) for key, amount in self.items() if amount.count or amount.sum]
        return sorted(found, key=lambda item: (item[0].bucket, item[0].metric, item[0].bin, str(item[0])))


def amounts_of(measurements: Iterable[Countable]) -> Amounts:
    """Return what measurements add up to."""
    amounts = Amounts()
    for measurement in measurements:
        amounts.add(measurement)
    return amounts


def bucket_of(moment: datetime) -> datetime:
    """Return the start of the quarter of an hour of UTC a moment lies in."""
    return moment - (moment - _EPOCH) % BUCKET
