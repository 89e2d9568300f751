"""Background jobs of the conversations app."""

from typing import Any, Final

from celery import shared_task
from celery.schedules import crontab

from conversations.actions.manage_articles import forget_removed_articles
from conversations.actions.remove_leftovers import BATCH, remove_expired_sessions, remove_orphan_files
from tenants.models import Tenant
from tenants.task import TenantTask

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


@shared_task(base=TenantTask, name="conversations.remove_leftovers_of_tenant")
def remove_leftovers_of_tenant(tenant_id: str) -> None:
    """Remove expired sessions and files that were never sent; goes on in another job when there are many."""
    remove_expired_sessions()
    forget_removed_articles()
    if remove_orphan_files() == BATCH:
        remove_leftovers_of_tenant.delay(tenant_id)
