"""Making, rotating and revoking API keys. The secret is shown once, by whoever called."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.api_keys import hash_secret, new_prefix
from tenants.audit import record
from tenants.clock import now
from tenants.errors import BadRequest, NotFound, PermissionDenied
from tenants.ids import secret_token
from tenants.models.api_key import ApiKey
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id

# The old secret goes on working this long after a rotation, so that no client breaks.
ROTATION_GRACE: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKey:
    """A key and its token, which is not kept."""

    key: ApiKey
    token: str


def _token(prefix: str, secret: str) -> str:
    return f"parley_{prefix}_{secret}"


@transaction.atomic
def create_api_key(
    *, actor: Actor, name: str, permissions: Collection[Permission], expires_at: datetime | None = None
) -> IssuedKey:
    """Make a key with some of the actor's own permissions.

    Raises PermissionDenied for a permission the actor lacks, BadRequest for an empty name or set.
    """
    require(actor, Permission.WRITE_API_KEYS)
    if not name.strip():
        raise BadRequest(errors={"name": [_("Give the key a name.")]})
    if not permissions:
        raise BadRequest(errors={"permissions": [_("Choose at least one permission.")]})
    if not set(permissions) <= actor.permissions:
        raise PermissionDenied(_("A key cannot have more permissions than you."))
    secret, prefix = secret_token(), new_prefix()
    key = ApiKey.objects.create(
        tenant_id=current_tenant_id(),
        name=name.strip()[:100],
        prefix=prefix,
        secret_hash=hash_secret(secret),
        permissions=sorted(permissions),
        created_by=actor.reference,
        expires_at=expires_at,
    )
    record(
        actor=actor, action="api_key.created", target=f"api_key:{key.pk}", changes={"name": [None, key.name]}
    )
    return IssuedKey(key=key, token=_token(prefix, secret))


def _get(key_id: UUID) -> ApiKey:
    key = ApiKey.objects.select_for_update().filter(pk=key_id, revoked_at=None).first()
    if key is None:
        raise NotFound()
    return key


@transaction.atomic
def rotate_api_key(*, actor: Actor, key_id: UUID) -> IssuedKey:
    """Give a key a new secret; the old one works for another day.

    Raises NotFound, PermissionDenied for a key with more permissions than the actor, who would get them.
    """
    require(actor, Permission.WRITE_API_KEYS)
    key = _get(key_id)
    if not set(key.permissions) <= actor.permissions:
        raise PermissionDenied(_("A key cannot have more permissions than you."))
    secret = secret_token()
    key.old_secret_hash, key.old_secret_until = key.secret_hash, now() + ROTATION_GRACE
    key.secret_hash = hash_secret(secret)
    key.save(update_fields=["secret_hash", "old_secret_hash", "old_secret_until"])
    record(actor=actor, action="api_key.rotated", target=f"api_key:{key.pk}")
    return IssuedKey(key=key, token=_token(key.prefix, secret))


@transaction.atomic
def revoke_api_key(*, actor: Actor, key_id: UUID) -> None:
    """End a key at once. Raises NotFound."""
    require(actor, Permission.WRITE_API_KEYS)
    key = _get(key_id)
    key.revoked_at = now()
    key.save(update_fields=["revoked_at"])
    record(actor=actor, action="api_key.revoked", target=f"api_key:{key.pk}")
