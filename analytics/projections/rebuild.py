"""Counting everything again from the log."""

from collections.abc import Callable

from analytics.projections.reader import FiguresReader
from tenants.events.reader import read_once
from tenants.models.event_record import EventRecord
from tenants.models.reader_cursor import ReaderCursor
from tenants.scoping import TenantId, tenant_scope

Progress = Callable[[int, int], None]


def rebuild(*, tenant_id: TenantId, progress: Progress | None = None) -> int:
    """Forget a tenant's figures and fold its log again. Returns how many events were read.

    ``progress`` is called with the events read and the events there are. Each batch is a transaction:
    one long transaction would hold back every reader of the log. Until it is done, the pages say up
    to when the figures are counted; if it is interrupted, the reader goes on by itself.
    """
    reader = FiguresReader()
    with tenant_scope(tenant_id):
        ReaderCursor.objects.select_for_update().filter(reader=reader.name).delete()
        reader.reset()
        total = EventRecord.objects.count()
    done = 0
    while taken := read_once(reader=reader, tenant_id=tenant_id):
        done += taken
        if progress is not None:
            progress(done, max(done, total))
    return done
