"""Everything in this app that reacts to what happened, on one screen. Imported when the app is ready."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from conversations.automatic import AutomaticMessages
from conversations.follow_up import BUSINESS, plan_follow_ups, plan_for_contact
from conversations.handover import HandOver
from conversations.mentioning import Mentioning
from conversations.routing import Routing
from conversations.survey import Resolved, plan_surveys
from tenants.events import Reader, StoredEvent
from tenants.events.reader import register


class FollowUp(Reader):
    """Replies nobody may have seen are looked at again after a while."""

    name = "follow_up"
    types = ("message.created", "contact.updated")

    def handle(self, events: Sequence[StoredEvent]) -> None:
        replied: dict[UUID, datetime] = {}
        for event in events:
            if event.type == "contact.updated":
                if event.body["email"]:
                    plan_for_contact(contact_id=UUID(str(event.body["contact_id"])))
            elif event.conversation_id and _author_kind(event) in BUSINESS:
                earliest = replied.get(event.conversation_id, event.created_at)
                replied[event.conversation_id] = min(earliest, event.created_at)
        if replied:
            plan_follow_ups(replied=replied)


class Survey(Reader):
    """Whoever was away when their conversation was closed is asked by mail."""

    name = "survey"
    types = ("conversation.resolved",)

    def handle(self, events: Sequence[StoredEvent]) -> None:
        plan_surveys(
            [
                Resolved(
                    conversation_id=event.conversation_id,
                    resolution=int(str(event.body["resolution"])),
                    at=event.created_at,
                )
                for event in events
                if event.conversation_id and event.body["can_rate"]
            ]
        )


def _author_kind(event: StoredEvent) -> str:
    message = event.body["message"]
    assert isinstance(message, dict)  # noqa: S101 - message.created carries a MessageShape
    return str(message["author"]["kind"])


register(AutomaticMessages())
register(FollowUp())
register(HandOver())
register(Mentioning())
register(Routing())
register(Survey())
