"""Background jobs of the conversations app."""

from typing import Any, Final
from uuid import UUID

from celery import shared_task
from celery.schedules import crontab

from conversations.actions.manage_articles import forget_removed_articles
from conversations.actions.remove_leftovers import (
    BATCH,
    remove_expired_sessions,
    remove_orphan_files,
    remove_read_notifications,
)
from tenants.models import Tenant
from tenants.scoping import TenantId
from tenants.task import TenantTask
from tenants.timers import run_due_timers

BEAT: Final[dict[str, dict[str, Any]]] = {
    "remove-leftovers": {
        "task": "conversations.remove_leftovers",
        "schedule": crontab(hour="3", minute="37"),
    },
}


@shared_task(name="conversations.remove_leftovers")
def remove_leftovers() -> None:
    """Every night: one job per tenant."""
    for tenant_id in Tenant.objects.values_list("pk", flat=True):
        remove_leftovers_of_tenant.delay(str(tenant_id))


@shared_task(
    name="conversations.run_timers_of", time_limit=60, soft_time_limit=50, expires=10, ignore_result=True
)
def run_timers_of(tenant_id: str) -> None:
    """Run what is due of one tenant now: somebody waits. Beat would do it within seconds; each opens its own scope."""
    run_due_timers(tenant_id=TenantId(UUID(tenant_id)), limit=50, seconds=10)


@shared_task(base=TenantTask, name="conversations.remove_leftovers_of_tenant")
def remove_leftovers_of_tenant(tenant_id: str) -> None:
    """Remove what nobody wants kept; goes on in another job when there are many files."""
    remove_expired_sessions()
    remove_read_notifications()
    forget_removed_articles()
    if remove_orphan_files() == BATCH:
        remove_leftovers_of_tenant.delay(tenant_id)
