"""Signatures for links that stand for a permission: bound to a purpose, a tenant and a moment."""

import hashlib
import hmac
import time
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare

from tenants.errors import Expired, NotFound
from tenants.scoping import TenantId

# File links last at least a day; the expiry is rounded up, so that a browser may keep the file.
FILE_LINK_SECONDS: Final = 86_400


def _digest(key: str, purpose: str, text: str) -> str:
    derived = hashlib.sha256(f"parley.{purpose}".encode() + key.encode()).digest()
    return hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()[:32]


def sign(*, purpose: str, tenant_id: TenantId, subject: str, expires_at: int) -> str:
    """Return ``<tenant>.<expiry>.<mac>`` for a subject. ``expires_at`` is in seconds since 1970."""
    text = f"{tenant_id.hex}.{expires_at}"
    return f"{text}.{_digest(settings.SECRET_KEY, purpose, f'{text}.{subject}')}"


def verify(*, purpose: str, subject: str, signature: str) -> TenantId:
    """Return the tenant of a signature. Raises NotFound when it is not ours, Expired when it is too old."""
    tenant, _, rest = signature.partition(".")
    expiry, _, mac = rest.partition(".")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    text = f"{tenant}.{expiry}.{subject}"
    if not any(constant_time_compare(mac, _digest(key, purpose, text)) for key in keys):
        raise NotFound()
    if int(expiry) < time.time():
        raise Expired()
    return TenantId(UUID(hex=tenant))


def file_path(*, tenant_id: TenantId, attachment_id: UUID | str) -> str:
    """Return the signed path of a file, good for one to two days."""
    return f"/files/{attachment_id}?s={_file_signature('file', tenant_id, attachment_id)}"


def article_image_path(*, tenant_id: TenantId, image_id: UUID) -> str:
    """Return the signed path of an article's picture, good for one to two days."""
    return f"/files/articles/{image_id}?s={_file_signature('article_image', tenant_id, image_id)}"


def _file_signature(purpose: str, tenant_id: TenantId, file_id: UUID | str) -> str:
    expires_at = (int(time.time()) // FILE_LINK_SECONDS + 2) * FILE_LINK_SECONDS
    return sign(purpose=purpose, tenant_id=tenant_id, subject=str(file_id), expires_at=expires_at)
