"""Opening a conversation again, putting it off, or leaving it pending."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.events import ConversationMarkedPending, ConversationReopened, ConversationSnoozed
from conversations.models import Conversation
from conversations.present import author_of
from conversations.thread import add_line, locked
from tenants.clock import now
from tenants.errors import BadRequest
from tenants.events import publish
from tenants.events.registry import iso
from tenants.permissions import Actor, Permission, require
from tenants.timers import cancel_timer, set_timer

MAX_SNOOZE: Final = timedelta(days=366)


@transaction.atomic
def reopen(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Open a conversation that is resolved, snoozed or pending; nothing happens to an open one.

    Raises PermissionDenied, NotFound.
    """
    require(actor, Permission.WRITE_MESSAGES if actor.is_contact else Permission.WRITE_CONVERSATIONS)
    conversation = locked(actor=actor, conversation_id=conversation_id)
    if conversation.status == Conversation.Status.OPEN:
        return conversation
    line = add_line(conversation=conversation, actor=actor, code="reopened", is_public=True)
    _move(conversation, Conversation.Status.OPEN)
    publish(ConversationReopened(conversation_id=conversation.pk, by=author_of(actor), line=line))
    return conversation


@transaction.atomic
def snooze(*, actor: Actor, conversation_id: UUID, until: datetime | None) -> Conversation:
    """Put a conversation off until a moment (aware), or until the contact writes; None: until they write alone.

    Raises PermissionDenied, NotFound, BadRequest for a moment that is past or over a year away.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    if until is not None and not now() < until <= now() + MAX_SNOOZE:
        raise BadRequest(errors={"until": [_("Choose a moment within the next year.")]})
    conversation = _opened(actor, conversation_id)
    moment = {"until": iso(until)} if until else {}
    line = add_line(conversation=conversation, actor=actor, code="snoozed", is_public=False, **moment)
    _move(conversation, Conversation.Status.SNOOZED, until=until)
    publish(ConversationSnoozed(conversation_id=conversation.pk, until=until, by=author_of(actor), line=line))
    return conversation


@transaction.atomic
def mark_pending(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Mark that the next word is somebody else's. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_CONVERSATIONS)
    conversation = _opened(actor, conversation_id)
    if conversation.status == Conversation.Status.PENDING:
        return conversation
    line = add_line(conversation=conversation, actor=actor, code="pending", is_public=False)
    _move(conversation, Conversation.Status.PENDING)
    publish(ConversationMarkedPending(conversation_id=conversation.pk, by=author_of(actor), line=line))
    return conversation


def _opened(actor: Actor, conversation_id: UUID) -> Conversation:
    """Return the locked conversation, reopened if it was resolved: the contact is told that, and no more."""
    conversation = locked(actor=actor, conversation_id=conversation_id)
    if conversation.status == Conversation.Status.RESOLVED:
        reopen(actor=actor, conversation_id=conversation_id)
        conversation.refresh_from_db()
    return conversation


def _move(conversation: Conversation, status: str, *, until: datetime | None = None) -> None:
    conversation.status = status
    conversation.snoozed_until = until
    conversation.resolved_at = None
    conversation.save(update_fields=["status", "snoozed_until", "resolved_at"])
    if until is None:
        cancel_timer(kind="snooze_over", subject_id=conversation.pk)
    else:
        set_timer(kind="snooze_over", subject_id=conversation.pk, due_at=until)
