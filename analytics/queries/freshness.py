"""How far the figures have read."""

from datetime import datetime

from analytics.projections.reader import NAME, FiguresReader
from tenants.clock import now
from tenants.events.reader import is_behind
from tenants.models.event_record import EventRecord
from tenants.models.reader_cursor import ReaderCursor
from tenants.scoping import current_tenant_id


def data_until() -> datetime | None:
    """Return up to when everything is counted: now, unless the reader is behind; None: nothing is."""
    if not is_behind(reader=FiguresReader(), tenant_id=current_tenant_id()):
        return now()
    cursor = ReaderCursor.objects.filter(reader=NAME).first()
    if cursor is None or cursor.event_id is None:
        return None
    return EventRecord.objects.values_list("created_at", flat=True).filter(pk=cursor.event_id).first()
