"""The audit trail: settings, access, exports. Rows are added and read, never changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from tenants.models.audit_entry import AuditEntry
from tenants.permissions import Actor
from tenants.scoping import current_tenant_id

_address: ContextVar[str | None] = ContextVar("parley_audit_address", default=None)


@contextmanager
def acting_from(address: str | None) -> Iterator[None]:
    """Note ``address`` (the client's network address) in every entry recorded inside."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def record(
    *,
    actor: Actor,
    action: str,
    target: str = "",
    changes: dict[str, Any] | None = None,
    address: str | None = None,
) -> AuditEntry:
    """Note that ``actor`` did ``action`` (``noun.past_tense``) to ``target`` (``kind:id``).

    ``changes`` maps a field to its [before, after]; never put a secret in it. ``address`` is where it was
    done from, by default that of the request.
    """
    return AuditEntry.objects.create(
        tenant_id=current_tenant_id(),
        actor=actor.reference,
        actor_name=actor.name,
        action=action,
        target=target,
        changes=changes or {},
        address=address or _address.get(),
    )
