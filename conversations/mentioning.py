"""Whoever is mentioned in a note is told."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from conversations.actions.notify import notify
from conversations.mentions import mentioned_operators
from conversations.models import Notification
from conversations.shapes import MessageShape
from tenants.events import Reader, StoredEvent


class Mentioning(Reader):
    """Reads notes from the log, so that writing one waits for nobody's notification."""

    name = "mentioning"
    types = ("note.created",)

    def handle(self, events: Sequence[StoredEvent]) -> None:
        for event in events:
            note = cast("MessageShape", event.body["message"])
            if mentions := note.get("mentions"):
                notify(
                    by=note["author"],
                    operator_ids=mentioned_operators(mentions),
                    conversation_id=UUID(note["conversation_id"]),
                    kind=Notification.Kind.MENTION,
                    message_id=UUID(note["id"]),
                    at=event.created_at,
                )
