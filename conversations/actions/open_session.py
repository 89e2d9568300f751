"""A visitor's browser becomes a session: by what it kept, by a link, or as somebody new."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from conversations.blocks import hash_address, is_kept_out
from conversations.models import Contact, Inbox, VisitorSession
from conversations.text import clean, one_line
from conversations.visitors import hash_token
from tenants.clock import now
from tenants.errors import PermissionDenied, Unauthenticated
from tenants.ids import secret_token
from tenants.scoping import current_tenant_id

SESSION_LIFE: Final = timedelta(days=180)
# A handle that was exchanged stays good for a while: other tabs hold it, and an answer may have been lost.
OLD_HANDLE_LIFE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a browser says about the page it is on. None of it is believed, all of it is cut to size."""

    url: str = ""
    title: str = ""
    referrer: str = ""
    user_agent: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSession:
    """The secrets of a new session, told once: ``token`` for now, ``handle`` to come back with."""

    contact: Contact
    token: str
    handle: str
    expires_at: datetime


@transaction.atomic
def open_session(
    *, inbox: Inbox, handle: str = "", contact_id: UUID | None = None, visit: Visit
) -> OpenedSession:
    """Open a session on an inbox for the contact of a link, else of a handle, else for a new contact.

    The handle is changed on every visit. An unknown or worn-out one makes a new contact, without a
    word about it. Raises PermissionDenied when the contact, or where they come from, is blocked.
    """
    if is_kept_out(visit.address):
        raise PermissionDenied()
    earlier = VisitorSession.objects.filter(
        handle_hash=hash_token(handle), inbox=inbox, expires_at__gt=now()
    ).first()
    if contact_id is not None:
        contact = Contact.objects.filter(pk=contact_id).first()
    else:
        contact = earlier.contact if handle and earlier else None
    if contact is None:
        contact = Contact(tenant_id=current_tenant_id(), language=visit.language)
        contact.refold()
        contact.save(force_insert=True)
    if contact.is_blocked:
        raise PermissionDenied()
    if handle and earlier:
        VisitorSession.objects.filter(pk=earlier.pk, expires_at__gt=now() + OLD_HANDLE_LIFE).update(
            expires_at=now() + OLD_HANDLE_LIFE
        )
        VisitorSession.objects.filter(contact=contact, expires_at__lte=now()).delete()
    opened = OpenedSession(
        contact=contact, token=secret_token(), handle=secret_token(), expires_at=now() + SESSION_LIFE
    )
    VisitorSession.objects.create(
        contact=contact,
        inbox=inbox,
        token_hash=hash_token(opened.token),
        handle_hash=hash_token(opened.handle),
        page_url=one_line(clean(visit.url), length=2000),
        page_title=one_line(clean(visit.title), length=300),
        referrer=one_line(clean(visit.referrer), length=2000),
        user_agent=one_line(clean(visit.user_agent), length=400),
        address_hash=hash_address(visit.address),
        expires_at=opened.expires_at,
    )
    Contact.objects.filter(pk=contact.pk).update(last_seen_at=now())
    return opened


@transaction.atomic
def replace_session(*, contact: Contact, token_hash: str) -> OpenedSession:
    """Give the browser of a session another one, of ``contact``: what it had before is good for nothing any more.

    Raises Unauthenticated when the session is over already.
    """
    earlier = VisitorSession.objects.select_for_update().filter(token_hash=token_hash).first()
    if earlier is None:
        raise Unauthenticated()
    earlier.delete()
    opened = OpenedSession(
        contact=contact, token=secret_token(), handle=secret_token(), expires_at=now() + SESSION_LIFE
    )
    VisitorSession.objects.create(
        contact=contact,
        inbox_id=earlier.inbox_id,
        token_hash=hash_token(opened.token),
        handle_hash=hash_token(opened.handle),
        page_url=earlier.page_url,
        page_title=earlier.page_title,
        referrer=earlier.referrer,
        user_agent=earlier.user_agent,
        address_hash=earlier.address_hash,
        expires_at=opened.expires_at,
    )
    Contact.objects.filter(pk=contact.pk).update(last_seen_at=now())
    return opened
