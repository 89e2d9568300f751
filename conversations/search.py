"""Search: messages and contacts by folded words, in any of the languages and keyboards."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from conversations.models import Contact, Conversation, Message
from conversations.queries import present_messages, with_tags
from conversations.shapes import ConversationRowShape, MessageShape
from conversations.text import words_of
from tenants.events import Audience

MAX_HITS: Final = 50
# A list that is narrowed by words looks no further back than this.
MAX_MATCHES: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A conversation that matches, and the newest of its messages that does (None: the contact matches)."""

    conversation: ConversationRowShape
    message: MessageShape | None


def search(*, query: str, limit: int = 30) -> list[Hit]:
    """Find conversations by what was said in them or by who asked; newest first, each once.

    Every word must occur, in any order, as part of a word. An empty query finds nothing.
    """
    limit = max(1, min(limit, MAX_HITS))
    found = _matching(query, limit)
    conversations = list(
        Conversation.objects.select_related("contact", "operator")
        .filter(pk__in=found)
        .order_by("-last_activity_at", "-pk")[:limit]
    )
    messages = present_messages(
        Message.objects.filter(pk__in=[pk for pk in found.values() if pk]), Audience.OPERATORS
    )
    by_conversation = {UUID(message["conversation_id"]): message for message in messages}
    return [
        Hit(conversation=row, message=by_conversation.get(UUID(row["id"])))
        for row in with_tags(conversations)
    ]


def conversation_ids_matching(*, query: str, limit: int = MAX_MATCHES) -> list[UUID]:
    """Return the ids of up to ``limit`` conversations that ``search`` would find, in no order."""
    return list(_matching(query, limit))


def _matching(query: str, limit: int) -> dict[UUID, UUID | None]:
    """Return conversations with the newest of their messages that matches."""
    words = words_of(query)
    found: dict[UUID, UUID | None] = {}
    if not words:
        return found
    for message_id, conversation_id in _message_ids(words, limit * 4):
        found.setdefault(conversation_id, message_id)
    contacts = contacts_matching(words=words, limit=limit)
    by_contact = Conversation.objects.filter(contact__in=contacts).order_by("-last_activity_at")
    for conversation_id in by_contact.values_list("pk", flat=True)[:limit]:
        found.setdefault(conversation_id, None)
    return found


def contacts_matching(*, words: list[str], limit: int) -> list[UUID]:
    """Return the ids of contacts whose name, e-mail, phone or external id holds every word."""
    rows = Contact.objects.all()
    for word in words:
        rows = rows.filter(search_text__contains=word)
    return list(rows.order_by("-created_at").values_list("pk", flat=True)[:limit])


def _message_ids(words: list[str], limit: int) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT message_id, conversation_id FROM search_messages(%s, %s)", [words, limit])
        return [(row[0], row[1]) for row in cursor.fetchall()]
