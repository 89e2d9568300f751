"""Links in e-mails that go on with a conversation on the hosted page: signed, bound to one contact, expiring."""

import time
from typing import Final
from uuid import UUID

from django.conf import settings

from conversations.models import Inbox
from tenants.errors import NotFound
from tenants.scoping import TenantId
from tenants.signing import sign, verify

LINK_SECONDS: Final = 30 * 86_400
_PURPOSE: Final = "continue"


def contact_link(*, inbox: Inbox, contact_id: UUID) -> str:
    """Return the address where this contact goes on, good for 30 days; whoever holds it is the contact."""
    signature = sign(
        purpose=_PURPOSE,
        tenant_id=TenantId(inbox.tenant_id),
        subject=f"{inbox.pk}:{contact_id}",
        expires_at=int(time.time()) + LINK_SECONDS,
    )
    return f"{settings.PARLEY_WIDGET_ORIGIN}/c/{inbox.key}?t={contact_id.hex}.{signature}"


def contact_of_link(*, inbox: Inbox, token: str) -> UUID:
    """Return the contact of the ``t`` in a link to this inbox. Raises NotFound, or Expired after 30 days."""
    contact, _, signature = token.partition(".")
    try:
        contact_id = UUID(hex=contact)
        tenant_id = verify(purpose=_PURPOSE, subject=f"{inbox.pk}:{contact_id}", signature=signature)
    except ValueError as error:
        raise NotFound() from error
    if tenant_id != inbox.tenant_id:
        raise NotFound()
    return contact_id
