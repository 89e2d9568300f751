"""Names of the groups on the channel layer. Built here only, from ids the server knows."""

from uuid import UUID

from tenants.events.registry import Audience
from tenants.scoping import TenantId


def inbox_group(tenant_id: TenantId) -> str:
    """Everybody who answers for the tenant."""
    return f"t{tenant_id.hex}.inbox"


def conversation_group(tenant_id: TenantId, conversation_id: UUID, audience: Audience) -> str:
    """One audience of one conversation."""
    return f"t{tenant_id.hex}.c{conversation_id.hex}.{audience}"


def contact_group(tenant_id: TenantId, contact_id: UUID) -> str:
    """All sockets of one contact: a conversation begun in one tab appears in the others."""
    return f"t{tenant_id.hex}.v{contact_id.hex}"


def operator_group(tenant_id: TenantId, operator_id: UUID) -> str:
    """All sockets of one operator: what concerns nobody else."""
    return f"t{tenant_id.hex}.o{operator_id.hex}"
