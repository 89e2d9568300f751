"""The nightly proof: what the pages show is what the log says.

Conversations in which something happened are folded again from their first event, in memory, and held
against what is stored; the rollups of the time are held against the measurements they are the sum of, and the
rollups of whole days against those.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from analytics.models import DayRollup, DayZone, Measurement, Rollup
from analytics.periods import midnight
from analytics.projections import store
from analytics.projections.days import DayKey, by_day
from analytics.projections.fold import fold
from analytics.projections.reader import FiguresReader
from analytics.projections.rollups import Amount, Key, amounts_of, bucket_of
from analytics.schedules import Schedules
from tenants.events.reader import stored_event
from tenants.models.event_record import EventRecord
from tenants.models.reader_cursor import ReaderCursor

CHUNK: Final = 200
_KEY_FIELDS: Final = ("bucket", "metric", "inbox_id", "operator_id", "team_id", "in_hours", "bin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """How many conversations were counted again, and what differs: one line each, none when all is well."""

    conversations: int
    differences: tuple[str, ...]


def recount(*, since: datetime, until: datetime) -> Recount:
    """Count what happened from ``since`` to ``until`` again, for the tenant of the scope.

    Both lie on a quarter of an hour. The reader waits meanwhile, and nothing is written.
    """
    reader = FiguresReader()
    cursor = ReaderCursor.objects.select_for_update().filter(reader=reader.name).first()
    if cursor is None or cursor.event_id is None:
        return Recount(conversations=0, differences=())
    touched = list(
        EventRecord.objects.filter(created_at__gte=since, created_at__lt=until, type__in=reader.types)
        .exclude(conversation_id=None)
        .order_by("conversation_id")
        .values_list("conversation_id", flat=True)
        .distinct()
    )
    read_up_to = (cursor.xid, cursor.event_id)
    differences = [
        difference
        for start in range(0, len(touched), CHUNK)
        for difference in _conversations(touched[start : start + CHUNK], read_up_to)
    ]
    differences += [*_rollups(since, until), *_days(since, until)]
    return Recount(conversations=len(touched), differences=tuple(differences))


def _conversations(conversation_ids: list[UUID | None], read_up_to: tuple[int, UUID]) -> Iterator[str]:
    records = EventRecord.objects.filter(
        conversation_id__in=conversation_ids, type__in=FiguresReader.types
    ).order_by("conversation_id", "operators_position")
    events = [stored_event(record) for record in records if (record.xid, record.pk) <= read_up_to]
    folded = fold(events, states={}, schedules=Schedules.load())
    stored = store.load_states(folded.states.keys())
    for conversation_id, state in folded.states.items():
        if stored.get(conversation_id) != state:
            yield f"conversation {conversation_id}: the course differs"
    rows = {
        (row.conversation_id, row.metric, row.slot): row
        for row in Measurement.objects.filter(conversation_id__in=folded.states.keys())
    }
    for key in rows.keys() | folded.measured.keys():
        row, measured = rows.get(key), folded.measured.get(key)  # type: ignore[arg-type]
        again = asdict(measured) if measured else None
        if _as_measured(row, again) != again:
            yield f"conversation {key[0]}: {key[1]} {key[2]} differs"
        elif row is not None and row.is_counted == folded.states[row.conversation_id].is_spam:
            yield f"conversation {key[0]}: {key[1]} {key[2]} counts though it is spam, or the other way round"


def _as_measured(row: Measurement | None, like: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {name: getattr(row, name) for name in like or ("slot",)}


def _rollups(since: datetime, until: datetime) -> Iterator[str]:
    counted = Measurement.objects.filter(is_counted=True, at__gte=since, at__lt=until)
    wanted = {key: (amount.count, amount.sum) for key, amount in amounts_of(counted.iterator()).items()}
    found = {key: (amount.count, amount.sum) for key, amount in _stored_rollups(since, until)}
    for key in sorted(wanted.keys() | found.keys(), key=str):
        if wanted.get(key) != found.get(key):
            yield f"rollup {key.metric} at {key.bucket:%F %H:%M}: {found.get(key)} instead of {wanted.get(key)}"


def _stored_rollups(since: datetime, until: datetime) -> list[tuple[Key, Amount]]:
    rows = Rollup.objects.filter(bucket__gte=bucket_of(since), bucket__lt=bucket_of(until))
    return [
        (Key(*row[:7]), Amount(count=row[7], sum=row[8]))
        for row in rows.values_list(*_KEY_FIELDS, "count", "sum")
    ]


def _days(since: datetime, until: datetime) -> Iterator[str]:
    kept = DayZone.objects.values_list("time_zone", flat=True).first()
    if kept is None:
        return
    zone = ZoneInfo(kept)
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    start, end = midnight(first, zone), midnight(last + timedelta(days=1), zone)
    wanted = {
        where: (sorted((+histogram.bins).items()), histogram.sum)
        for where, histogram in by_day(_stored_rollups(start, end), zone=zone).items()
    }
    found = {
        DayKey(row.day, row.metric, row.slice, row.key, row.in_hours): (
            list(zip(row.bins, row.counts, strict=True)),
            row.sum,
        )
        for row in DayRollup.objects.filter(day__gte=first, day__lte=last)
    }
    for where in sorted(wanted.keys() | found.keys(), key=str):
        if wanted.get(where) != found.get(where):
            yield f"day {where.day}: {where.metric} of {where.slice} {where.key or ''} differs"
