"""A visitor is proven to be somebody by a token that the site's own server signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from conversations.actions.open_session import OpenedSession, replace_session
from conversations.actions.update_contact import contact_updated
from conversations.events import ContactIdentified
from conversations.identity_tokens import Identity, read_identity
from conversations.models import Attachment, Contact, ContactTag, Conversation, IdentityKey, Inbox
from conversations.present import author_of
from conversations.queries import contact_conversation
from tenants.clock import now
from tenants.errors import NotFound, PermissionDenied, Unauthenticated
from tenants.events import publish
from tenants.events.fanout import hint, tell
from tenants.events.groups import contact_group
from tenants.events.hub import Hint
from tenants.ids import uuid7
from tenants.permissions import Actor
from tenants.scoping import current_tenant_id

# How often a key is noted as used.
LAST_USED_STEP: Final = timedelta(minutes=1)
# What a contact who is known from now on brings along: nothing that says who they are.
_BROUGHT: Final = ("language", "time_zone", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Who the visitor is. ``session`` where they were not that contact before: the one they had is over.

    ``was_other``: before that they were another known contact, of whom nothing may stay in the browser.
    """

    contact: Contact
    session: OpenedSession | None = None
    was_other: bool = False


@transaction.atomic
def identify_contact(*, actor: Actor, token_hash: str, token: Any) -> Identified:
    """Make a visitor the contact that a signed token names, with what it says of them.

    The contact is found by the token's ``sub``, or made. A visitor who was nobody known brings their conversations
    along and is gone then, with their sessions and links: whoever planted one of those in this browser has no part in
    the known contact. Two known contacts are never made one. ``token_hash`` is that of the visitor's session.

    Raises:
        Expired, Unauthenticated: the token (see ``identity_tokens``), or the visitor's session is over.
        PermissionDenied: one of the two contacts is blocked.
    """
    if actor.inbox_id is None:
        raise NotFound()
    inbox = Inbox.objects.filter(pk=actor.inbox_id, is_enabled=True).first()
    if inbox is None:
        raise NotFound()
    keys = list(IdentityKey.objects.filter(inbox=inbox, revoked_at=None))
    identity = read_identity(token, keys=keys, audience=inbox.key, moment=now())
    _note_use(next(key for key in keys if key.key_id == identity.key_id))
    visitor = _visitor(actor)
    known = _known(identity.external_id, visitor)
    if visitor.is_blocked or known.is_blocked:
        raise PermissionDenied()
    changed = _take_in(known, identity)
    if known.pk == visitor.pk:
        if changed:
            publish(contact_updated(known, by=author_of(actor)))
        return Identified(contact=known)
    session = replace_session(contact=known, token_hash=token_hash)
    was_other = bool(visitor.external_id)
    moved = [] if was_other else _move(visitor, known)
    publish(
        ContactIdentified(
            contact_id=known.pk,
            former_contact_id=None if was_other else visitor.pk,
            conversation_ids=moved,
            external_id=known.external_id,
            name=known.display_name,
            email=known.email,
            phone=known.phone,
            is_verified=known.is_verified,
            by=author_of(replace(actor, id=known.pk, name=known.display_name)),
        )
    )
    if not was_other:
        hints = _hints(visitor_id=visitor.pk, known_id=known.pk, moved=moved)
        visitor.delete()
        transaction.on_commit(partial(tell, current_tenant_id(), hints), robust=True)
    return Identified(contact=known, session=session, was_other=was_other)


def _visitor(actor: Actor) -> Contact:
    """Return who the visitor was so far. Nobody known: locked, so that nothing begins while conversations move."""
    visitor = None if actor.id is None else Contact.objects.filter(pk=actor.id).first()
    if visitor is not None and not visitor.external_id:
        visitor = Contact.objects.select_for_update().filter(pk=visitor.pk).first()
    if visitor is None:
        raise Unauthenticated()
    return visitor


def _note_use(key: IdentityKey) -> None:
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now() - LAST_USED_STEP)
    IdentityKey.objects.filter(stale, pk=key.pk).update(last_used_at=now())


def _known(external_id: str, visitor: Contact) -> Contact:
    """Return the contact of an external id, locked; made when there is none, by whoever comes first."""
    found = Contact.objects.select_for_update().filter(external_id=external_id).first()
    if found is not None:
        return found
    fresh = Contact(
        id=uuid7(),
        tenant_id=current_tenant_id(),
        external_id=external_id,
        created_at=now(),
        last_seen_at=now(),
        **({} if visitor.external_id else {name: getattr(visitor, name) for name in _BROUGHT}),
    )
    fresh.refold()
    Contact.objects.bulk_create([fresh], ignore_conflicts=True)
    return Contact.objects.select_for_update().get(external_id=external_id)


def _take_in(contact: Contact, identity: Identity) -> bool:
    """Put what a token says on the contact, whatever was there before. Returns whether it was news."""
    attributes = {**contact.attributes, **identity.attributes}
    after: Mapping[str, Any] = {
        **identity.fields,
        "attributes": {name: value for name, value in attributes.items() if value is not None},
        # An address that a visitor typed in is not proven by a token that does not name it.
        "is_verified": contact.is_verified or "email" in identity.fields or not contact.email,
    }
    changed = [name for name, value in after.items() if getattr(contact, name) != value]
    for name in changed:
        setattr(contact, name, after[name])
    if changed:
        contact.refold()
        contact.save(update_fields=[*changed, "search_text"])
    return bool(changed)


def _move(visitor: Contact, known: Contact) -> list[UUID]:
    """Hand the conversations of a visitor to the contact they turned out to be. Returns which."""
    conversations = Conversation.objects.select_for_update().filter(contact=visitor).order_by("pk")
    taken = set(Conversation.objects.filter(contact=known).values_list("client_id", flat=True))
    moved = list(conversations)
    for conversation in moved:
        conversation.contact = known
        if conversation.client_id in taken:
            conversation.client_id = uuid7()
    Conversation.objects.bulk_update(moved, ["contact", "client_id"])
    kept = set(ContactTag.objects.filter(contact=known).values_list("tag_id", flat=True))
    ContactTag.objects.filter(contact=visitor).exclude(tag__in=kept).update(contact=known)
    # A file that was uploaded and not sent yet can still be sent.
    Attachment.objects.filter(
        conversation__in=[conversation.pk for conversation in moved],
        uploaded_by_kind="contact",
        uploaded_by_id=visitor.pk,
    ).update(uploaded_by_id=known.pk)
    return [conversation.pk for conversation in moved]


def _hints(*, visitor_id: UUID, known_id: UUID, moved: Sequence[UUID]) -> list[Hint]:
    """Return what ends the sockets of who the visitor was, and shows the contact's other browsers what came along."""
    tenant_id = current_tenant_id()
    hints = [hint(contact_group(tenant_id, visitor_id), {"type": "session.ended"})]
    for conversation_id in moved:
        started = contact_conversation(conversation_id=conversation_id)
        frame = {"type": "conversation.started", "conversation": started}
        hints.append(hint(contact_group(tenant_id, known_id), frame))
    return hints
