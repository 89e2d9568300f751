"""Reading the event log: each reader folds the events of one tenant at a time, exactly once.

A reader takes rows whose transaction is older than every running one (``xid8`` below the
snapshot's xmin), because a sequence is handed out before commit and rows that commit late would
be skipped. The cursor moves in the transaction of the reader's own writes.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, JSONField, When

from tenants.events.registry import REGISTRY
from tenants.models.event_record import EventRecord
from tenants.models.reader_cursor import ReaderCursor
from tenants.scoping import TenantId, current_tenant_id, tenant_scope

BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event as it lies in the log. ``body`` holds its fields as JSON values."""

    id: UUID
    type: str
    body: dict[str, object]
    conversation_id: UUID | None
    created_at: datetime
    operators_position: int | None
    contact_position: int | None


class _Row(NamedTuple):
    """A row of the log; without its payload when the reader does not read its type."""

    xid: int
    id: UUID
    type: str
    conversation_id: UUID | None
    created_at: datetime
    operators_position: int | None
    contact_position: int | None
    body: dict[str, object]


class Reader(ABC):
    """Folds events into rows. ``types`` empty means every event."""

    name: ClassVar[str]
    types: ClassVar[tuple[str, ...]] = ()
    # Of these only the conversation matters: their body stays empty, and unread.
    bodiless: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def handle(self, events: Sequence[StoredEvent]) -> None:
        """Fold a batch, oldest first. Runs inside the tenant's scope and the cursor's transaction."""

    def reset(self) -> None:  # noqa: B027 - most readers write no rows of their own
        """Remove everything this reader ever wrote for the tenant of the scope, before a replay."""


READERS: Final[dict[str, Reader]] = {}


def register(reader: Reader) -> Reader:
    """Add a reader. Raises ValueError for a second one of the same name, or an unknown event."""
    if reader.name in READERS:
        raise ValueError(f"two readers are called {reader.name}")
    unknown = set(reader.types) - REGISTRY.keys()
    if unknown:
        raise ValueError(f"{reader.name} reads unknown events: {sorted(unknown)}")
    READERS[reader.name] = reader
    return reader


def read_once(*, reader: Reader, tenant_id: TenantId, limit: int = BATCH) -> int:
    """Fold the next batch of a tenant's events. Returns how many rows were taken.

    Two workers on one cursor: the second finds it locked and returns 0.
    """
    with tenant_scope(tenant_id):
        cursor = _locked_cursor(reader.name)
        if cursor is None:
            return 0
        rows = _taken(reader, cursor, limit)
        if not rows:
            return 0
        # Within a conversation positions follow commits; transaction ids only nearly do.
        wanted = sorted(
            (row for row in rows if not reader.types or row.type in reader.types),
            key=lambda row: (str(row.conversation_id), row.operators_position or 0, row.xid),
        )
        if wanted:
            reader.handle([_event(row) for row in wanted])
        cursor.xid, cursor.event_id = rows[-1].xid, rows[-1].id
        cursor.save(update_fields=["xid", "event_id", "moved_at"])
        return len(rows)


def _locked_cursor(name: str) -> ReaderCursor | None:
    """Return the cursor of a reader, made on its first day; None while another worker holds it."""
    mine = ReaderCursor.objects.select_for_update(skip_locked=True).filter(reader=name)
    if (cursor := mine.first()) is not None:
        return cursor
    made = ReaderCursor(tenant_id=current_tenant_id(), reader=name)
    ReaderCursor.objects.bulk_create([made], ignore_conflicts=True)
    return mine.first()


def _taken(reader: Reader, cursor: ReaderCursor, limit: int) -> list[_Row]:
    """Return the rows behind a cursor, oldest first: plain tuples, since most readers read few types."""
    body = (
        Case(
            When(type__in=set(reader.types) - set(reader.bodiless), then="payload"), output_field=JSONField()
        )
        if reader.types
        else F("payload")
    )
    rows = EventRecord.objects.after(xid=cursor.xid, event_id=cursor.event_id).annotate(body=body)
    return [_Row(*values) for values in rows.values_list(*_Row._fields)[:limit]]


def read_all(*, reader: Reader, tenant_id: TenantId, batch: int = BATCH) -> int:
    """Fold until the log of the tenant is read, ``batch`` rows at a time. Returns how many rows were taken."""
    total = 0
    while taken := read_once(reader=reader, tenant_id=tenant_id, limit=batch):
        total += taken
        if taken < batch:
            break
    return total


def replay(*, reader: Reader, tenant_id: TenantId) -> int:
    """Forget what the reader wrote and fold the whole log again, in one transaction."""
    with tenant_scope(tenant_id), transaction.atomic():
        ReaderCursor.objects.select_for_update().filter(reader=reader.name).delete()
        reader.reset()
        return read_all(reader=reader, tenant_id=tenant_id)


def is_behind(*, reader: Reader, tenant_id: TenantId) -> bool:
    """Tell whether committed events wait for the reader."""
    with tenant_scope(tenant_id):
        cursor = ReaderCursor.objects.filter(reader=reader.name).first()
        start = (cursor.xid, cursor.event_id) if cursor else (0, None)
        return EventRecord.objects.after(xid=start[0], event_id=start[1]).exists()


def _event(row: _Row) -> StoredEvent:
    return StoredEvent(**{name: value for name, value in row._asdict().items() if name != "xid"})


def stored_event(record: EventRecord) -> StoredEvent:
    """Return a row of the log as readers get it."""
    return StoredEvent(
        id=record.pk,
        type=record.type,
        body=record.payload,
        conversation_id=record.conversation_id,
        created_at=record.created_at,
        operators_position=record.operators_position,
        contact_position=record.contact_position,
    )
