"""The door of background jobs: a Celery base class that opens the tenant's scope."""

from typing import Any

from celery import Task

from tenants.scoping import tenant_scope


class TenantTask(Task[Any, Any]):
    """A task whose first argument is the tenant's id (text). It calls one action and is safe to run twice."""

    abstract = True
    acks_late = True
    reject_on_worker_lost = True
    ignore_result = True

    def __call__(self, tenant_id: str, *args: Any, **kwargs: Any) -> Any:
        with tenant_scope(tenant_id):
            return super().__call__(tenant_id, *args, **kwargs)
