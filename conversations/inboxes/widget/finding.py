"""From the public key in an address to the inbox, and to the tenant it belongs to."""

from collections.abc import Iterator
from contextlib import contextmanager

from conversations.models import Inbox
from tenants.errors import NotFound
from tenants.scoping import TenantId, lookup, tenant_scope


@contextmanager
def inbox_by_key(key: str) -> Iterator[Inbox]:
    """Open the scope of the tenant whose inbox has this key. Raises NotFound, also for one switched off."""
    with lookup(key):
        found = Inbox.across_tenants.filter(key=key).first()
    if found is None or not found.is_enabled:
        raise NotFound()
    with tenant_scope(TenantId(found.tenant_id)):
        yield found
