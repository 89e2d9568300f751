"""Reading the event log: each reader folds the events of one tenant at a time, exactly once.

A reader takes rows whose transaction is older than every running one (``xid8`` below the
snapshot's xmin), because a sequence is handed out before commit and rows that commit late would
be skipped. The cursor moves in the transaction of the reader's own writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction

from tenants.events.registry import REGISTRY
from tenants.models.event_record import EventRecord
from tenants.models.reader_cursor import ReaderCursor
from tenants.scoping import TenantId, tenant_scope

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


class Reader:
    """Folds events into rows. ``types`` empty means every event."""

    name: ClassVar[str]
    types: ClassVar[tuple[str, ...]] = ()

    def handle(self, events: Sequence[StoredEvent]) -> None:
        """Fold a batch, oldest first. Runs inside the tenant's scope and the cursor's transaction."""
        raise NotImplementedError  # pragma: no cover - abstract

    def reset(self) -> None:
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
        ReaderCursor.objects.bulk_create(
            [ReaderCursor(tenant_id=tenant_id, reader=reader.name)], ignore_conflicts=True
        )
        cursor = ReaderCursor.objects.select_for_update(skip_locked=True).filter(reader=reader.name).first()
        if cursor is None:
            return 0
        records = list(EventRecord.objects.after(xid=cursor.xid, event_id=cursor.event_id)[:limit])
        if not records:
            return 0
        wanted = [record for record in records if not reader.types or record.type in reader.types]
        # Within a conversation positions follow commits; transaction ids only nearly do.
        wanted.sort(
            key=lambda record: (str(record.conversation_id), record.operators_position or 0, record.xid)
        )
        if wanted:
            reader.handle([stored_event(record) for record in wanted])
        cursor.xid, cursor.event_id = records[-1].xid, records[-1].pk
        cursor.save(update_fields=["xid", "event_id", "moved_at"])
        return len(records)


def read_all(*, reader: Reader, tenant_id: TenantId) -> int:
    """Fold until the log of the tenant is read. Returns how many rows were taken."""
    total = 0
    while taken := read_once(reader=reader, tenant_id=tenant_id):
        total += taken
        if taken < BATCH:
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
