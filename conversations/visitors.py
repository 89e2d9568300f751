"""Who a visitor is: a session token proves it. Tokens are kept as hashes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from conversations.models import Contact, Inbox, VisitorSession
from conversations.models.contact import display_name
from tenants import hot_path
from tenants.clock import now
from tenants.errors import Unauthenticated
from tenants.gathering import Gathering
from tenants.hot_path import Rows, Values
from tenants.per_loop import PerLoop
from tenants.permissions import CONTACT_PERMISSIONS, Actor, ActorKind
from tenants.scoping import TenantId

STATEMENT: Final = "SELECT find_visitor(%s, %s, %s)"
# When many come at once, as after a restart. One column of arguments after the other.
MANY: Final = """
    SELECT call.number, find_visitor(token, at, greets)
    FROM unnest(%s::text[], %s::timestamptz[], %s::boolean[]) WITH ORDINALITY AS call (token, at, greets, number)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A proven visitor: the actor, their contact (id, name, email, language), and on a socket their conversations."""

    actor: Actor
    contact: dict[str, Any]
    conversations: list[dict[str, Any]]


def hash_token(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal; tokens have 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_visitor(*, token: str) -> Visitor:
    """Return the visitor of a session token. The token names the tenant, so no scope is needed.

    Raises Unauthenticated when the token is unknown, expired, or its contact is blocked.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, _arguments(token, greets=False))
        return _visitor(cursor.fetchone())


async def greet_visitor(*, token: str) -> Visitor:
    """Return the visitor of a session token with their conversations: at most one round trip, no thread.

    Raises Unauthenticated as ``find_visitor`` does, Unavailable when the database is away.
    """
    rows = await _gathering().run(_arguments(token, greets=True), queue=None)
    return _visitor(rows[0])


async def _one(values: Values) -> Rows:
    return await hot_path.fetch(STATEMENT, values)


async def _many(calls: Sequence[Values]) -> Sequence[Rows]:
    return await hot_path.fetch_many(MANY, calls, order_by=0)


_gathering = PerLoop(lambda: Gathering(one=_one, many=_many))


def session_lives(*, token_hash: str) -> bool:
    """Tell whether the session of a token still stands. Called inside the tenant's scope."""
    return VisitorSession.objects.filter(token_hash=token_hash, expires_at__gt=now()).exists()


def _arguments(token: str, *, greets: bool) -> list[Any]:
    if not token or len(token) > 200:
        raise Unauthenticated()
    return [hash_token(token), now(), greets]


def _visitor(row: Any) -> Visitor:
    found = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    if found is None:
        raise Unauthenticated()
    contact = found["contact"]
    contact_id = UUID(contact["id"])
    actor = Actor(
        kind=ActorKind.CONTACT,
        tenant_id=TenantId(UUID(found["tenant_id"])),
        id=contact_id,
        name=display_name(contact_id=contact_id, name=contact["name"], email=contact["email"]),
        permissions=CONTACT_PERMISSIONS,
        inbox_id=UUID(found["inbox_id"]),
        language=contact["language"] or found["inbox_language"],
    )
    return Visitor(actor=actor, contact=contact, conversations=found.get("conversations", []))


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
