"""Letting every reader catch up with the log of a tenant, within a time."""

import time
from collections.abc import Iterator
from uuid import UUID

import structlog
from redis.exceptions import RedisError

from tenants.events.broker import WAKE_KEY, broker
from tenants.events.reader import BATCH, READERS, read_once
from tenants.models.event_record import EventRecord
from tenants.models.reader_cursor import ReaderCursor
from tenants.scoping import TenantId, tenant_scope

log = structlog.get_logger()


def woken(*, until: float) -> Iterator[TenantId]:
    """Yield the tenants that published since the last look, until ``until`` (monotonic seconds).

    A tenant leaves the set when it is yielded; what a dying worker took is found by the sweep.
    """
    while time.monotonic() < until:
        try:
            found = broker().spop(WAKE_KEY)
        except (RedisError, OSError) as error:
            log.warning("readers.broker_away", error=str(error))
            return
        if found is None:
            return
        yield TenantId(UUID(found.decode()))  # type: ignore[union-attr]  # the stubs think of asyncio too


def drain(*, tenant_id: TenantId, until: float) -> int:
    """Let every reader fold what is new, until ``until``. Returns how many rows were taken.

    A reader that fails is logged and tried again by the sweep; the others go on. After work was done
    or put off (time is up, a transaction still runs) the tenant is looked at once more at the next
    turn: events that came meanwhile may not have said so (see ``fanout``).
    """
    if not is_behind(tenant_id):
        return 0
    outcomes = [_catch_up(name, tenant_id, until) for name in READERS]
    taken = sum(outcome or 0 for outcome in outcomes)
    if taken or None not in outcomes:
        wake(tenant_id)
    return taken


def wake(tenant_id: TenantId) -> None:
    """Have the readers look at a tenant at the next turn."""
    try:
        broker().sadd(WAKE_KEY, str(tenant_id))
    except (RedisError, OSError) as error:
        log.warning("readers.broker_away", error=str(error))


def _catch_up(name: str, tenant_id: TenantId, until: float) -> int | None:
    """Return how many rows a reader took; None when it failed."""
    total = 0
    try:
        while time.monotonic() < until:
            taken = read_once(reader=READERS[name], tenant_id=tenant_id)
            total += taken
            if taken < BATCH:
                break
    except Exception:  # one reader's fault must not stop the others
        log.exception("reader.failed", reader=name, tenant=str(tenant_id))
        return None
    return total


def is_behind(tenant_id: TenantId) -> bool:
    """Tell, in one short query, whether some reader has not seen the newest event, running transactions included."""
    with tenant_scope(tenant_id):
        newest = EventRecord.objects.order_by("-xid").values_list("xid", flat=True).first()
        if newest is None:
            return False
        cursors = list(ReaderCursor.objects.filter(reader__in=list(READERS)).values_list("xid", flat=True))
    return len(cursors) < len(READERS) or min(cursors, default=newest) < newest
