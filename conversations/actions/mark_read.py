"""What has been seen, by whom, how far. Told to whoever is online, kept on the conversation's row."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from conversations.events import DeliveredChanged, ReadChanged, UnreadChanged
from conversations.models import Conversation, Message
from conversations.thread import locked
from tenants.events import Audience, broadcast
from tenants.permissions import Actor, Permission, require


@transaction.atomic
def mark_read(*, actor: Actor, conversation_id: UUID, position: int) -> Conversation:
    """Note that the actor's side has read up to ``position`` of its own counting; it never goes back.

    Said once more, it is told once more: whoever was to tell of it may have died. Raises PermissionDenied, NotFound.
    """
    if not actor.is_contact:
        require(actor, Permission.READ_CONVERSATIONS)
    conversation = locked(actor=actor, conversation_id=conversation_id)
    if actor.is_contact:
        _read_by_contact(conversation, min(position, conversation.contact_position))
    else:
        _read_by_operators(conversation, min(position, conversation.operators_position))
    return conversation


def _read_by_contact(conversation: Conversation, position: int) -> None:
    if position < conversation.contact_read_position:
        return
    if position > conversation.contact_read_position:
        _keep_read_by_contact(conversation, position)
    broadcast(ReadChanged(conversation_id=conversation.pk, audience="contact", position=position))


def _keep_read_by_contact(conversation: Conversation, position: int) -> None:
    conversation.contact_read_position = position
    conversation.contact_delivered_position = max(conversation.contact_delivered_position, position)
    later = Message.objects.filter(
        conversation=conversation, kind=Message.Kind.REPLY, contact_position__gt=position
    )
    is_everything = position == conversation.contact_position
    conversation.contact_unread_count = 0 if is_everything else later.exclude(author_kind="contact").count()
    conversation.save(
        update_fields=["contact_read_position", "contact_delivered_position", "contact_unread_count"]
    )


def _read_by_operators(conversation: Conversation, position: int) -> None:
    if position < conversation.operators_read_position and not conversation.unread_count:
        return
    if position > conversation.operators_read_position or conversation.unread_count:
        # One page may tell later than another what was before its eyes.
        _keep_read_by_operators(conversation, max(position, conversation.operators_read_position))
    _tell_unread(conversation)
    broadcast(
        ReadChanged(
            conversation_id=conversation.pk,
            audience="operators",
            position=conversation.operators_seen_position,
        ),
        only=Audience.CONTACT,
    )


def _keep_read_by_operators(conversation: Conversation, position: int) -> None:
    entries = Message.objects.filter(conversation=conversation)
    seen = (
        entries.filter(operators_position__lte=position, contact_position__isnull=False)
        .order_by("-operators_position")
        .values_list("contact_position", flat=True)
        .first()
    )
    conversation.operators_read_position = position
    conversation.operators_seen_position = max(conversation.operators_seen_position, seen or 0)
    later = entries.filter(kind=Message.Kind.REPLY, author_kind="contact", operators_position__gt=position)
    conversation.unread_count = 0 if position == conversation.operators_position else later.count()
    conversation.save(update_fields=["operators_read_position", "operators_seen_position", "unread_count"])


def _tell_unread(conversation: Conversation) -> None:
    broadcast(
        UnreadChanged(
            conversation_id=conversation.pk,
            unread_count=conversation.unread_count,
            head=conversation.operators_position,
        )
    )


@transaction.atomic
def mark_unread(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Make the last message of the contact unread again. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_CONVERSATIONS)
    conversation = locked(actor=actor, conversation_id=conversation_id)
    conversation.unread_count = max(1, conversation.unread_count)
    conversation.save(update_fields=["unread_count"])
    _tell_unread(conversation)
    return conversation


@transaction.atomic
def mark_delivered(*, actor: Actor, conversation_id: UUID, position: int) -> None:
    """Note that a contact's browser has received up to ``position``. One statement; nothing when it knew."""
    changed = Conversation.objects.filter(
        pk=conversation_id,
        contact=actor.id,
        contact_delivered_position__lt=position,
        contact_position__gte=position,
    ).update(contact_delivered_position=Greatest(F("contact_delivered_position"), position))
    if changed:
        broadcast(
            DeliveredChanged(conversation_id=conversation_id, position=position), only=Audience.OPERATORS
        )
