"""What beat says "look now" to. Each look is bounded, and may overlap itself: rows are claimed, not shared out."""

import time
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from celery import shared_task
from celery.schedules import crontab
from django.contrib.sessions.backends.db import SessionStore

from tenants.clock import now
from tenants.events.drain import drain, woken
from tenants.mail.delivery import send_due
from tenants.mail.upkeep import forget_texts
from tenants.models import IdempotencyRecord, Tenant
from tenants.scoping import TenantId
from tenants.task import TenantTask
from tenants.timers import run_due_timers as run_timers

log = structlog.get_logger()

# Longer than an answer is repeated (see tenants.api.idempotency), so that only what nobody asks for goes.
ANSWERS_KEPT: Final = timedelta(hours=48)

# A look that was not taken before the next one is due is dropped: there is always a next.
BEAT: Final[dict[str, dict[str, Any]]] = {
    "run-due-timers": {"task": "tenants.run_due_timers", "schedule": 5.0, "options": {"expires": 5.0}},
    "drain-readers": {"task": "tenants.drain_readers", "schedule": 1.0, "options": {"expires": 1.0}},
    "sweep-readers": {"task": "tenants.sweep_readers", "schedule": 30.0, "options": {"expires": 30.0}},
    "send-mail": {"task": "tenants.send_mail", "schedule": 3.0, "options": {"expires": 3.0}},
    "clean-up": {"task": "tenants.clean_up", "schedule": crontab(hour="3", minute="17")},
}


@shared_task(name="tenants.run_due_timers", time_limit=60, soft_time_limit=50)
def run_due_timers() -> None:
    """Run the business timers that are due."""
    run_timers()


@shared_task(name="tenants.drain_readers", time_limit=60, soft_time_limit=50)
def drain_readers() -> None:
    """Let every reader fold what the tenants that published lately wrote."""
    until = time.monotonic() + 10
    for tenant_id in woken(until=until):
        drain(tenant_id=tenant_id, until=until)


@shared_task(name="tenants.sweep_readers", time_limit=60, soft_time_limit=50)
def sweep_readers() -> None:
    """Look into the log of every tenant: a wake-up may have been lost with the broker or a worker.

    In random order, so that where the time does not suffice for all nobody is always last.
    """
    until = time.monotonic() + 20
    tenant_ids: list[UUID] = list(Tenant.objects.order_by("?").values_list("pk", flat=True))
    for tenant_id in tenant_ids:
        if time.monotonic() >= until:
            log.warning("readers.sweep_incomplete", tenants=len(tenant_ids))
            return
        drain(tenant_id=TenantId(tenant_id), until=until)


# The limit is below the lease of a mail: see tenants.mail.delivery.
@shared_task(name="tenants.send_mail", time_limit=50, soft_time_limit=48)
def send_mail() -> None:
    """Send the mails that are due."""
    send_due()


@shared_task(name="tenants.clean_up")
def clean_up() -> None:
    """Every night: remove what has expired."""
    SessionStore.clear_expired()
    for tenant_id in Tenant.objects.values_list("pk", flat=True):
        clean_up_tenant.delay(str(tenant_id))


@shared_task(base=TenantTask, name="tenants.clean_up_tenant")
def clean_up_tenant(tenant_id: str) -> None:
    """Remove what has expired of one tenant."""
    forget_texts()
    IdempotencyRecord.objects.filter(created_at__lt=now() - ANSWERS_KEPT).delete()
