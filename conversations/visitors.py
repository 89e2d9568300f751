"""Who a visitor is: a session token proves it. Tokens are kept as hashes."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from conversations.models import Contact, Inbox, VisitorSession
from tenants.clock import now
from tenants.errors import Unauthenticated
from tenants.permissions import CONTACT_PERMISSIONS, Actor, ActorKind
from tenants.scoping import TenantId, lookup, tenant_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A proven visitor: the actor, their session, and what the socket greets them with."""

    actor: Actor
    session_id: UUID


def hash_token(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal; tokens have 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_visitor(*, token: str) -> Visitor:
    """Return the visitor of a session token.

    Opens a scope of its own: the token names the tenant. Raises Unauthenticated when the token is
    unknown, expired, or its contact is blocked.
    """
    if not token or len(token) > 200:
        raise Unauthenticated()
    hashed = hash_token(token)
    with lookup(hashed):
        session = VisitorSession.across_tenants.filter(token_hash=hashed).first()
    if session is None or session.expires_at <= now():
        raise Unauthenticated()
    tenant_id = TenantId(session.tenant_id)
    with tenant_scope(tenant_id):
        contact = session.contact
        inbox = session.inbox
        if contact.is_blocked or not inbox.is_enabled:
            raise Unauthenticated()
        VisitorSession.objects.filter(pk=session.pk).update(last_seen_at=now())
    return Visitor(actor=contact_actor(contact=contact, inbox=inbox), session_id=session.pk)


def contact_actor(*, contact: Contact, inbox: Inbox) -> Actor:
    """Return the actor of a contact who came through an inbox. Whoever calls has proof that it is they."""
    return Actor(
        kind=ActorKind.CONTACT,
        tenant_id=TenantId(contact.tenant_id),
        id=contact.pk,
        name=contact.display_name,
        permissions=CONTACT_PERMISSIONS,
        inbox_id=inbox.pk,
        language=contact.language or inbox.language,
    )
