"""The other links in mails to contacts: stop these mails, say how it went. Signed, one purpose each."""

import time
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from conversations.models import Attachment, Contact, Rating
from tenants.errors import NotFound
from tenants.scoping import TenantId
from tenants.signing import sign, verify

DAY: Final = 86_400
# A mail is found years later, and must still offer a way to stop the next.
UNSUBSCRIBE_SECONDS: Final = 20 * 365 * DAY
FILE_SECONDS: Final = 30 * DAY


def unsubscribe_url(*, contact: Contact) -> str:
    """Return where a contact stops mails of this tenant (RFC 8058: a POST there does it at once)."""
    token = _token(
        "unsubscribe", TenantId(contact.tenant_id), contact.pk, int(time.time()) + UNSUBSCRIBE_SECONDS
    )
    return settings.PARLEY_ORIGIN + reverse("unsubscribe", args=[token])


def rating_url(*, rating: Rating) -> str:
    """Return where a survey is answered, for as long as it is open."""
    token = _token("rate", TenantId(rating.tenant_id), rating.pk, int(rating.expires_at.timestamp()))
    return settings.PARLEY_ORIGIN + reverse("survey", args=[token])


def file_url(*, attachment: Attachment) -> str:
    """Return a link to a file, good for 30 days: mails are read later than pages."""
    signature = sign(
        purpose="file",
        tenant_id=TenantId(attachment.tenant_id),
        subject=str(attachment.pk),
        expires_at=int(time.time()) + FILE_SECONDS,
    )
    return f"{settings.PARLEY_ORIGIN}{reverse('file', args=[attachment.pk])}?s={signature}"


def contact_of_unsubscribe(token: str) -> tuple[TenantId, UUID]:
    """Return tenant and contact of an unsubscribe link. Raises NotFound."""
    return _read("unsubscribe", token)


def rating_of_link(token: str) -> tuple[TenantId, UUID]:
    """Return tenant and rating of a survey's link. Raises NotFound, or Expired once the survey has closed."""
    return _read("rate", token)


def _token(purpose: str, tenant_id: TenantId, subject_id: UUID, expires_at: int) -> str:
    signature = sign(purpose=purpose, tenant_id=tenant_id, subject=subject_id.hex, expires_at=expires_at)
    return f"{subject_id.hex}.{signature}"


def _read(purpose: str, token: str) -> tuple[TenantId, UUID]:
    subject, _, signature = token.partition(".")
    try:
        subject_id = UUID(hex=subject)
    except ValueError as error:
        raise NotFound() from error
    return verify(purpose=purpose, subject=subject_id.hex, signature=signature), subject_id
