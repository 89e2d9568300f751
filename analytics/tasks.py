"""What runs by the clock: the nightly recount."""

from datetime import timedelta
from typing import Any, Final

import structlog
from celery import shared_task
from celery.schedules import crontab

from analytics.projections.recount import recount
from analytics.projections.rollups import bucket_of
from tenants.clock import now
from tenants.models import Tenant
from tenants.task import TenantTask

log = structlog.get_logger()

BEAT: Final[dict[str, dict[str, Any]]] = {
    "recount-figures": {
        "task": "analytics.recount_every_tenant",
        "schedule": crontab(hour="3", minute="17"),
        "options": {"expires": 3600.0},
    },
}
# A little more than a day, so that a late night leaves no gap.
LOOK_BACK: Final = timedelta(hours=25)
MOST_LINES: Final = 20


@shared_task(name="analytics.recount_every_tenant", time_limit=300)
def recount_every_tenant() -> None:
    """Have the figures of every tenant counted again, each in a task of its own."""
    for tenant_id in Tenant.objects.values_list("pk", flat=True).iterator():
        recount_tenant.delay(str(tenant_id))


@shared_task(base=TenantTask, name="analytics.recount_tenant", time_limit=600)
def recount_tenant(tenant_id: str) -> None:
    """Count the last day of a tenant again and report what differs: the fault is ours, for us to see."""
    until = bucket_of(now())
    found = recount(since=until - LOOK_BACK, until=until)
    if found.differences:
        log.error(
            "figures.differ",
            tenant=tenant_id,
            conversations=found.conversations,
            differences=len(found.differences),
            first=found.differences[:MOST_LINES],
        )
