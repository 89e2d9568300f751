"""The audit trail: settings, access, exports. Rows are added and read, never changed."""

from typing import Any

from tenants.models.audit_entry import AuditEntry
from tenants.permissions import Actor
from tenants.scoping import current_tenant_id


def record(
    *,
    actor: Actor,
    action: str,
    target: str = "",
    changes: dict[str, Any] | None = None,
    address: str | None = None,
) -> AuditEntry:
    """Note that ``actor`` did ``action`` (``noun.past_tense``) to ``target`` (``kind:id``).

    ``changes`` maps a field to its [before, after]; never put a secret in it.
    """
    return AuditEntry.objects.create(
        tenant_id=current_tenant_id(),
        actor=actor.reference,
        actor_name=actor.name,
        action=action,
        target=target,
        changes=changes or {},
        address=address,
    )
