"""Reads about the people who ask."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from conversations.models import Contact, ContactTag, Tag, VisitorSession
from conversations.text import words_of
from tenants.errors import NotFound
from tenants.paging import keyset_page


def contact_page(
    *,
    q: str | None = None,
    email: str | None = None,
    external_id: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[list[Contact], str | None]:
    """Return a page of contacts, the newest first, and the cursor of the next. Raises BadRequest for a bad one."""
    rows = Contact.objects.all()
    for word in words_of(q or ""):
        rows = rows.filter(search_text__contains=word)
    if email is not None:
        rows = rows.filter(email__iexact=email)
    if external_id is not None:
        rows = rows.filter(external_id=external_id)
    return keyset_page(rows, order=("-created_at", "-pk"), cursor=cursor, limit=limit)


def found_contact(*, contact_id: UUID) -> Contact:
    """Return a contact. Raises NotFound."""
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None:
        raise NotFound()
    return contact


def newest_sessions(*, contact_ids: Sequence[UUID]) -> dict[UUID, VisitorSession]:
    """Return the browser each contact used last, in one query."""
    found = (
        VisitorSession.objects.filter(contact__in=contact_ids)
        .order_by("contact", "-last_seen_at")
        .distinct("contact")
    )
    return {session.contact_id: session for session in found}


def tags_of(*, contact_ids: Sequence[UUID]) -> dict[UUID, list[Tag]]:
    """Return the tags of each contact, by name, in one query."""
    found: dict[UUID, list[Tag]] = defaultdict(list)
    links = ContactTag.objects.filter(contact__in=contact_ids).select_related("tag")
    for link in links.order_by("tag__name"):
        found[link.contact_id].append(link.tag)
    return found
