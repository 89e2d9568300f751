"""Rows as the JSON shapes of ``shapes.py``. Pure: whatever is needed was fetched before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from conversations.models import (
    Attachment,
    Contact,
    Conversation,
    Macro,
    Message,
    Notification,
    Offer,
    SavedView,
    Tag,
)
from conversations.shapes import (
    AttachmentShape,
    AuthorKind,
    AuthorShape,
    ContactConversationShape,
    ConversationRowShape,
    LastMessageShape,
    MacroShape,
    MessageShape,
    NotificationShape,
    OfferShape,
    PriorityName,
    SavedViewShape,
    StatusName,
    TagShape,
)
from conversations.text import one_line
from tenants.events import Audience
from tenants.events.registry import iso
from tenants.permissions import Actor
from tenants.scoping import TenantId
from tenants.signing import file_path

# Characters of a message that a notification shows.
SNIPPET = 160


def author_of(actor: Actor) -> AuthorShape:
    """Return an actor as the author of what they do."""
    return {
        "kind": cast("AuthorKind", str(actor.kind)),
        "id": str(actor.id) if actor.id else None,
        "name": actor.name,
    }


def attachment_shape(attachment: Attachment) -> AttachmentShape:
    """Return a file with a fresh signed link."""
    return {
        "id": str(attachment.pk),
        "name": attachment.name,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "width": attachment.width,
        "height": attachment.height,
        "url": file_path(tenant_id=TenantId(attachment.tenant_id), attachment_id=attachment.pk),
    }


def message_shape(message: Message, attachments: Sequence[Attachment], audience: Audience) -> MessageShape:
    """Return an entry of a thread as one audience sees it."""
    shape = cast(
        "MessageShape",
        {
            "id": str(message.pk),
            "conversation_id": str(message.conversation_id),
            "kind": message.kind,
            "client_id": None if message.kind == Message.Kind.EVENT else str(message.client_id),
            "author": {
                "kind": message.author_kind,
                "id": str(message.author_id) if message.author_id else None,
                "name": message.author_name,
            },
            "text": message.text,
            "direction": message.direction,
            "attachments": [attachment_shape(attachment) for attachment in attachments],
            "line": message.line,
            "created_at": iso(message.created_at),
        },
    )
    if message.mentions:
        shape["mentions"] = message.mentions
    if audience is Audience.CONTACT:
        shape["position"] = message.contact_position or 0
    else:
        shape["position"] = message.operators_position
        shape["contact_position"] = message.contact_position
    return shape


def last_message_shape(conversation: Conversation) -> LastMessageShape | None:
    if conversation.last_message_at is None:
        return None
    return {
        "text": conversation.last_message_text,
        "author_kind": cast("AuthorKind", conversation.last_message_author_kind),
        "created_at": iso(conversation.last_message_at),
    }


def tag_shape(tag: Tag) -> TagShape:
    return {"id": str(tag.pk), "name": tag.name, "colour": tag.colour}


def row_shape(conversation: Conversation, contact: Contact, tags: Sequence[Tag]) -> ConversationRowShape:
    """Return a conversation as the operators' list shows it. ``conversation.operator`` is fetched already."""
    operator = conversation.operator
    return cast(
        "ConversationRowShape",
        {
            "id": str(conversation.pk),
            "inbox_id": str(conversation.inbox_id),
            "status": conversation.status,
            "priority": conversation.priority,
            "language": conversation.language,
            "subject": conversation.subject,
            "contact": {
                "id": str(contact.pk),
                "name": contact.display_name,
                "email": contact.email,
                "is_verified": contact.is_verified,
            },
            "operator": {"id": str(operator.pk), "name": operator.display_name} if operator else None,
            "team_id": _text(conversation.team_id),
            "tags": [tag_shape(tag) for tag in tags],
            "last_message": last_message_shape(conversation),
            "last_activity_at": iso(conversation.last_activity_at),
            "waiting_since": iso(conversation.waiting_since) if conversation.waiting_since else None,
            "snoozed_until": iso(conversation.snoozed_until) if conversation.snoozed_until else None,
            "unread_count": conversation.unread_count,
            "is_spam": conversation.is_spam,
            "rating": conversation.rating_score,
            "position": conversation.operators_position,
            "contact_read_position": conversation.contact_read_position,
            "contact_delivered_position": conversation.contact_delivered_position,
            "created_at": iso(conversation.created_at),
            "resolved_at": iso(conversation.resolved_at) if conversation.resolved_at else None,
        },
    )


def offer_shape(offer: Offer, *, text: str, at: datetime) -> OfferShape:
    """Return an offer at a moment. Its conversation, contact, team, sender and note are fetched already."""
    conversation, contact = offer.conversation, offer.conversation.contact
    team, sender = offer.team, offer.sender
    return cast(
        "OfferShape",
        {
            "id": str(offer.pk),
            "conversation_id": str(conversation.pk),
            "operator_id": str(offer.operator_id),
            "team_id": _text(offer.team_id),
            "team_name": team.name if team else "",
            "sender": {"id": str(sender.pk), "name": sender.display_name} if sender else None,
            "contact": {
                "id": str(contact.pk),
                "name": contact.display_name,
                "email": contact.email,
                "is_verified": contact.is_verified,
            },
            "text": text,
            "note": offer.note.text if offer.note else "",
            "language": conversation.language,
            "priority": conversation.priority,
            "waiting_since": iso(conversation.waiting_since or offer.offered_at),
            "offered_at": iso(offer.offered_at),
            "expires_at": iso(offer.expires_at),
            "seconds_left": max(0, round((offer.expires_at - at).total_seconds())),
        },
    )


def view_shape(view: SavedView) -> SavedViewShape:
    return {
        "id": str(view.pk),
        "name": view.name,
        "icon": view.icon,
        "filter": view.filter,
        "sort": view.sort,
        "is_shared": view.is_shared,
        "place": view.place,
    }


def notification_shape(notification: Notification) -> NotificationShape:
    """Return a notification. Its message and its conversation's contact are fetched already."""
    message = notification.message
    return cast(
        "NotificationShape",
        {
            "id": str(notification.pk),
            "kind": notification.kind,
            "conversation_id": str(notification.conversation_id),
            "contact_name": notification.conversation.contact.display_name,
            "message_id": _text(notification.message_id),
            "position": message.operators_position if message else None,
            "text": one_line(message.text, length=SNIPPET) if message else "",
            "by": {
                "kind": notification.by_kind,
                "id": _text(notification.by_id),
                "name": notification.by_name,
            },
            "created_at": iso(notification.created_at),
            "read_at": iso(notification.read_at) if notification.read_at else None,
        },
    )


def begun_shape(conversation: Conversation) -> ContactConversationShape:
    """Return a conversation in which nothing has been said yet as its contact sees it."""
    return {
        "id": str(conversation.pk),
        "status": "open",
        "subject": conversation.subject,
        "language": conversation.language,
        "operator": None,
        "position": conversation.contact_position,
        "read_position": 0,
        "operators_seen_position": 0,
        "unread_count": 0,
        "last_message": None,
        "created_at": iso(conversation.created_at),
        "rating": None,
    }


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def macro_shape(macro: Macro) -> MacroShape:
    return {
        "id": str(macro.pk),
        "name": macro.name,
        "team_id": str(macro.team_id) if macro.team_id else None,
        "note": macro.note,
        "tags": macro.tags,
        "priority": cast("PriorityName", macro.priority),
        "assigns": cast("Any", macro.assigns),
        "to_operator_id": str(macro.to_operator_id) if macro.to_operator_id else None,
        "to_team_id": str(macro.to_team_id) if macro.to_team_id else None,
        "reply": macro.reply,
        "status": cast("StatusName", macro.status),
        "snooze_hours": macro.snooze_hours,
    }
