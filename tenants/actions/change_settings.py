"""Change what a business has decided for itself: name, language, time, hours, follow-up, ratings."""

from typing import Any, Final

from django.db import transaction

from tenants.audit import record
from tenants.models.tenant import Tenant
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id

CHANGEABLE: Final = frozenset(
    {
        "name",
        "language",
        "time_zone",
        "calendar",
        "week_start",
        "business_hours",
        "follow_up_enabled",
        "follow_up_minutes",
        "csat_enabled",
    }
)


@transaction.atomic
def change_settings(*, actor: Actor, **values: Any) -> Tenant:
    """Save some of the CHANGEABLE settings; the audit trail gets those that differ.

    Raises:
        PermissionDenied: the actor may not change settings.
        ValueError: a name that is not a setting: a mistake of the caller's, not of the person's.
    """
    require(actor, Permission.WRITE_SETTINGS)
    if unknown := values.keys() - CHANGEABLE:
        raise ValueError(f"not settings of a tenant: {sorted(unknown)}")
    tenant = Tenant.objects.select_for_update().get(pk=current_tenant_id())
    changes = {
        name: [getattr(tenant, name), value]
        for name, value in values.items()
        if getattr(tenant, name) != value
    }
    if not changes:
        return tenant
    for name, (_before, after) in changes.items():
        setattr(tenant, name, after)
    tenant.save(update_fields=list(changes))
    record(actor=actor, action="settings.changed", target=f"tenant:{tenant.pk}", changes=changes)
    return tenant
