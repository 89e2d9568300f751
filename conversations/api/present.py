"""Rows as the shapes of this API. Pure: whatever is needed was fetched before."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from conversations.api.shapes import (
    BlockShape,
    CannedReplyShape,
    ContactShape,
    InboxShape,
    RatingRowShape,
    VisitShape,
)
from conversations.inbox_settings import with_defaults
from conversations.models import Block, CannedReply, Contact, Inbox, Rating, Tag, VisitorSession
from conversations.present import tag_shape
from tenants.events.registry import iso


def contact_shape(contact: Contact, session: VisitorSession | None, tags: Sequence[Tag]) -> ContactShape:
    return {
        "id": str(contact.pk),
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "external_id": contact.external_id,
        "language": contact.language,
        "time_zone": contact.time_zone,
        "country": contact.country,
        "is_verified": contact.is_verified,
        "is_blocked": contact.is_blocked,
        "unsubscribed_at": _moment(contact.unsubscribed_at),
        "attributes": contact.attributes,
        "tags": [tag_shape(tag) for tag in tags],
        "last_seen_at": _moment(contact.last_seen_at),
        "created_at": iso(contact.created_at),
        "session": _visit(session) if session else None,
    }


def _visit(session: VisitorSession) -> VisitShape:
    return {
        "page_url": session.page_url,
        "page_title": session.page_title,
        "referrer": session.referrer,
        "user_agent": session.user_agent,
        "last_seen_at": iso(session.last_seen_at),
    }


def block_shape(block: Block) -> BlockShape:
    return {
        "id": str(block.pk),
        "contact_id": _text(block.contact_id),
        "contact_name": block.contact.display_name if block.contact else "",
        "addresses": len(block.address_hashes),
        "network": block.network,
        "note": block.note,
        "created_by": block.created_by,
        "created_at": iso(block.created_at),
        "expires_at": _moment(block.expires_at),
    }


def inbox_shape(inbox: Inbox) -> InboxShape:
    return cast(
        "InboxShape",
        {
            "id": str(inbox.pk),
            "kind": inbox.kind,
            "name": inbox.name,
            "key": inbox.key,
            "language": inbox.language,
            "team_id": _text(inbox.team_id),
            "is_enabled": inbox.is_enabled,
            "allowed_domains": inbox.allowed_domains,
            "settings": with_defaults(inbox.settings),
            "snippet_seen_at": _moment(inbox.snippet_seen_at),
            "snippet_seen_host": inbox.snippet_seen_host,
            "created_at": iso(inbox.created_at),
        },
    )


def canned_reply_shape(reply: CannedReply) -> CannedReplyShape:
    return {
        "id": str(reply.pk),
        "shortcut": reply.shortcut,
        "title": reply.title,
        "text": reply.text,
        "team_id": _text(reply.team_id),
        "created_at": iso(reply.created_at),
        "updated_at": iso(reply.updated_at),
    }


def rating_row_shape(rating: Rating) -> RatingRowShape:
    return {
        "id": str(rating.pk),
        "conversation_id": str(rating.conversation_id),
        "operator_id": _text(rating.operator_id),
        "score": rating.score,
        "comment": rating.comment,
        "asked_by": rating.asked_by,
        "asked_at": iso(rating.asked_at),
        "answered_at": _moment(rating.answered_at),
    }


def _moment(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
