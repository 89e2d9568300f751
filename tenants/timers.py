"""Business timers: rows with a due time, claimed with SKIP LOCKED.

Beat only says "look now". The handler runs in the transaction that removes the row, so what it
writes happens exactly once; effects outside the database are written as rows for their own sender.
"""

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from django.db import transaction

from tenants.clock import now
from tenants.models.timer import Timer
from tenants.scoping import TenantId, current_tenant_id, tenant_scope

log = structlog.get_logger()

Handler = Callable[[UUID], None]
HANDLERS: Final[dict[str, Handler]] = {}
MAX_ATTEMPTS: Final = 8
_RETRY: Final = timedelta(seconds=30)


def timer(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of timer. It gets the subject's id, inside the tenant's scope."""

    def register(handler: Handler) -> Handler:
        if kind in HANDLERS:
            raise ValueError(f"two handlers for timer {kind}")
        HANDLERS[kind] = handler
        return handler

    return register


def set_timer(*, kind: str, subject_id: UUID, due_at: datetime) -> None:
    """Make ``kind`` due for a subject at a moment; a timer already set is moved."""
    set_timers(kind=kind, due={subject_id: due_at})


def set_timers(*, kind: str, due: Mapping[UUID, datetime]) -> None:
    """Make ``kind`` due for many subjects, each at its moment; timers already set are moved."""
    Timer.objects.bulk_create(
        _made(kind, due),
        update_conflicts=True,
        unique_fields=["tenant", "kind", "subject_id"],
        update_fields=["due_at", "attempts"],
    )


def set_timer_once(*, kind: str, subject_id: UUID, due_at: datetime) -> None:
    """Make ``kind`` due for a subject unless it is already; one that was given up begins anew.

    One that is running now counts as gone: this waits for its end, so that nothing falls between.
    """
    set_timers_once(kind=kind, due={subject_id: due_at})


def set_timers_once(*, kind: str, due: Mapping[UUID, datetime]) -> None:
    """Do what ``set_timer_once`` does, for many subjects in two statements."""
    mine = Timer.objects.filter(tenant_id=current_tenant_id(), kind=kind, subject_id__in=list(due))
    mine.filter(attempts__gte=MAX_ATTEMPTS).delete()
    Timer.objects.bulk_create(_made(kind, due), ignore_conflicts=True)


def _made(kind: str, due: Mapping[UUID, datetime]) -> list[Timer]:
    # In one order everywhere, so that two who set the same ones wait for each other in turn.
    tenant_id = current_tenant_id()
    return [
        Timer(tenant_id=tenant_id, kind=kind, subject_id=subject_id, due_at=moment)
        for subject_id, moment in sorted(due.items())
    ]


def cancel_timer(*, kind: str, subject_id: UUID) -> None:
    """Forget a timer; nothing happens when there is none."""
    Timer.objects.filter(tenant_id=current_tenant_id(), kind=kind, subject_id=subject_id).delete()


def run_due_timers(*, limit: int = 200, seconds: float = 20.0, tenant_id: TenantId | None = None) -> int:
    """Run what is due, one transaction each, for at most ``seconds``; the one begun is ended.

    A handler that fails is tried again with growing pauses; after MAX_ATTEMPTS it is left in the
    table for an admin to see. Returns how many ran.
    """
    until = time.monotonic() + seconds
    ran = 0
    while ran < limit and time.monotonic() < until and _run_one(tenant_id=tenant_id):
        ran += 1
    return ran


def _run_one(*, tenant_id: TenantId | None) -> bool:
    claimed: Timer | None = None
    try:
        with transaction.atomic():
            claimed = _claim(tenant_id)
            if claimed is None:
                return False
            with tenant_scope(claimed.tenant_id):
                # Removed first, so that the handler may set the same timer again.
                Timer.objects.filter(pk=claimed.pk).delete()
                HANDLERS[claimed.kind](claimed.subject_id)
    except Exception as error:  # one poisoned timer must not stop the others
        if claimed is None:
            raise
        log.exception("timer.failed", kind=claimed.kind, subject=str(claimed.subject_id))
        # In a transaction of its own: the handler may have broken the connection that the other one had.
        _put_off(claimed, error)
    return True


def _claim(tenant_id: TenantId | None) -> Timer | None:
    due = Timer.objects.select_for_update(skip_locked=True).filter(
        due_at__lte=now(), attempts__lt=MAX_ATTEMPTS, kind__in=list(HANDLERS)
    )
    if tenant_id is not None:
        due = due.filter(tenant_id=tenant_id)
    return due.order_by("due_at").first()


def _put_off(timer: Timer, error: Exception) -> None:
    attempts = timer.attempts + 1
    Timer.objects.filter(pk=timer.pk).update(
        attempts=attempts, due_at=now() + _RETRY * 2**attempts, last_error=repr(error)[:200]
    )
