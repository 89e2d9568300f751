"""API keys: ``parley_<prefix>_<secret>``. The prefix finds the row, the secret's hash proves it."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final

from django.http import HttpRequest

from tenants.clock import now
from tenants.errors import Unauthenticated
from tenants.models.api_key import ApiKey
from tenants.permissions import Actor, ActorKind, Permission
from tenants.scoping import TenantId, lookup, tenant_scope

# How exactly "last used" is known: one write a minute, not one a request.
LAST_USED_STEP: Final = timedelta(minutes=1)


def new_prefix() -> str:
    return secrets.token_hex(6)


def hash_secret(secret: str) -> str:
    """Return the SHA-256 of a secret in hexadecimal. The secret has 256 random bits: no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _proves(key: ApiKey, secret: str) -> bool:
    hashed = hash_secret(secret)
    if hmac.compare_digest(hashed, key.secret_hash):
        return True
    is_in_grace = key.old_secret_until is not None and key.old_secret_until > now()
    return is_in_grace and hmac.compare_digest(hashed, key.old_secret_hash)


def find_key(token: str) -> ApiKey:
    """Return the key of a token. Raises Unauthenticated when it is unknown, wrong, revoked or expired."""
    parts = token.split("_", 2)
    if len(parts) != 3 or parts[0] != "parley" or not parts[1]:
        raise Unauthenticated()
    with lookup(parts[1]):
        key = ApiKey.across_tenants.filter(prefix=parts[1]).first()
    if key is None or not _proves(key, parts[2]) or key.revoked_at is not None:
        raise Unauthenticated()
    if key.expires_at is not None and key.expires_at <= now():
        raise Unauthenticated()
    return key


def actor_of(key: ApiKey) -> Actor:
    """Return the actor of a key: exactly the permissions it was given."""
    return Actor(
        kind=ActorKind.API_KEY,
        tenant_id=TenantId(key.tenant_id),
        id=key.pk,
        name=key.name,
        permissions=frozenset(Permission(value) for value in key.permissions if value in set(Permission)),
    )


def api_key_actor(request: HttpRequest) -> Actor | None:
    """Authenticate ``Authorization: Bearer parley_...``; None when no such header is sent."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.startswith("parley_"):
        return None
    key = find_key(token.strip())
    _note_use(key)
    return actor_of(key)


def _note_use(key: ApiKey) -> None:
    if key.last_used_at is None or now() - key.last_used_at > LAST_USED_STEP:
        with tenant_scope(TenantId(key.tenant_id)):
            ApiKey.objects.filter(pk=key.pk).update(last_used_at=now())
