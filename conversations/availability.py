"""Whether somebody can answer: hours, and operators who are there."""

from typing import Any
from uuid import UUID

from conversations.models import Inbox
from conversations.presence import who_is_here
from operators.models import Operator
from tenants.clock import now
from tenants.errors import NotFound
from tenants.events.registry import iso
from tenants.hours import is_open, next_opening
from tenants.models import Tenant
from tenants.scoping import current_tenant_id


def online_operator_ids() -> set[UUID]:
    """Return the operators who are set online and have the inbox open."""
    here = who_is_here(tenant_id=current_tenant_id(), kind="operator")
    return set(
        Operator.objects.filter(pk__in=here, availability="online", is_active=True).values_list(
            "pk", flat=True
        )
    )


def inbox_state(*, inbox_id: UUID) -> dict[str, Any]:
    """Return what a visitor is told: name, is_open, online, next_opening (ISO; None while open). Raises NotFound."""
    inbox = Inbox.objects.select_related("team").filter(pk=inbox_id).first()
    if inbox is None:
        raise NotFound()
    tenant = Tenant.objects.get(pk=current_tenant_id())
    hours, moment = inbox.hours(tenant), now()
    opened = is_open(hours, moment)
    # An open inbox has none: "now" would be another state with every look.
    opening = None if opened else next_opening(hours, moment)
    return {
        "name": inbox.name,
        "is_open": opened,
        "online": bool(online_operator_ids()),
        "next_opening": iso(opening) if opening else None,
    }
