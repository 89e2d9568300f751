"""The keys by which a customer's server signs who its visitors are. A secret is shown once, by whoever called."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.db import transaction
from django.utils.translation import gettext as _

from conversations.models import IdentityKey, Inbox
from tenants.audit import record
from tenants.clock import now
from tenants.digits import own_digits
from tenants.errors import BadRequest, NotFound
from tenants.ids import secret_token
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id

# Two, so that a new one can be put into use before the old one is taken away.
MAX_ACTIVE: Final = 2
MIN_RSA_BITS: Final = 2048
MAX_RSA_BITS: Final = 8192
MAX_PEM: Final = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeKey:
    """A key, and its secret, which is told this once; empty for a public key."""

    key: IdentityKey
    secret: str


@transaction.atomic
def create_identity_key(*, actor: Actor, inbox_id: UUID, algorithm: str, public_key: str = "") -> MadeKey:
    """Make a key of an inbox: for HS256 a new secret, else from a public key as PEM.

    Raises PermissionDenied, NotFound, BadRequest for a key that cannot be used, or when two are active.
    """
    require(actor, Permission.WRITE_INBOXES)
    # Locked, so that two who make a key at once do not make a third.
    inbox = Inbox.objects.select_for_update().filter(pk=inbox_id).first()
    if inbox is None:
        raise NotFound()
    if algorithm not in IdentityKey.Algorithm.values:
        raise BadRequest(
            errors={"algorithm": [_("Choose one of: %(codes)s.") % {"codes": "HS256, RS256, EdDSA"}]}
        )
    if IdentityKey.objects.filter(inbox=inbox, revoked_at=None).count() >= MAX_ACTIVE:
        said = own_digits(_("%(number)d keys are active already. Revoke one first.") % {"number": MAX_ACTIVE})
        raise BadRequest(said)
    key = IdentityKey(
        tenant_id=current_tenant_id(), inbox=inbox, algorithm=algorithm, created_by=actor.reference
    )
    secret = ""
    if algorithm == IdentityKey.Algorithm.HS256:
        secret = secret_token()
        key.keep_secret(secret)
    else:
        key.public_key = checked_public_key(public_key, algorithm=algorithm)
    key.save(force_insert=True)
    record(
        actor=actor,
        action="identity_key.created",
        target=f"inbox:{inbox.pk}",
        changes={"key_id": [None, key.key_id], "algorithm": [None, algorithm]},
    )
    return MadeKey(key=key, secret=secret)


@transaction.atomic
def revoke_identity_key(*, actor: Actor, inbox_id: UUID, key_id: UUID) -> IdentityKey:
    """End a key at once; tokens that it signed are refused from now on. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_INBOXES)
    keys = IdentityKey.objects.select_for_update().filter(pk=key_id, inbox=inbox_id, revoked_at=None)
    key = keys.first()
    if key is None:
        raise NotFound()
    key.revoked_at = now()
    # What nobody may use any more need not be kept.
    key.sealed_secret = ""
    key.save(update_fields=["revoked_at", "sealed_secret"])
    record(
        actor=actor,
        action="identity_key.revoked",
        target=f"inbox:{inbox_id}",
        changes={"key_id": [key.key_id, None]},
    )
    return key


def checked_public_key(text: str, *, algorithm: str) -> str:
    """Return a public key as PEM in one spelling. Raises BadRequest naming ``public_key``."""
    if "PRIVATE KEY" in text:
        raise _bad_key(
            _(
                "This is a private key. It must stay on your server: make a new one, and paste its public half."
            )
        )
    try:
        key = load_pem_public_key(text.strip().encode()[:MAX_PEM])
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _bad_key(_("Paste a public key that begins with -----BEGIN PUBLIC KEY-----.")) from error
    if algorithm == IdentityKey.Algorithm.EDDSA:
        if not isinstance(key, Ed25519PublicKey):
            raise _bad_key(_("This is no Ed25519 key."))
    elif not isinstance(key, RSAPublicKey) or not MIN_RSA_BITS <= key.key_size <= MAX_RSA_BITS:
        limit = {"limit": MIN_RSA_BITS}
        raise _bad_key(own_digits(_("This is no RSA key of at least %(limit)d bits.") % limit))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _bad_key(said: str) -> BadRequest:
    return BadRequest(errors={"public_key": [said]})
