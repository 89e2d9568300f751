"""What was said in a conversation, and what happened."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from conversations.actions.send_message import send_message
from conversations.api.bodies import EventQuery, MessageQuery, SendMessage
from conversations.api.shapes import MessagePageShape, MissedEventsShape
from conversations.drafts import Draft
from conversations.queries import MAX_GAP, events_after, messages_before, readable
from conversations.shapes import MessageShape
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.events import Audience
from tenants.ids import uuid7
from tenants.permissions import Permission


class MessageList(TenantAPIView):
    chapter = "Messages"

    @operation(
        "list_messages",
        "List the messages of a conversation",
        permission=Permission.READ_CONVERSATIONS,
        query=MessageQuery,
        gives=MessagePageShape,
        refuses=(404,),
    )
    def get(self, request: Request, conversation_id: UUID, query: dict[str, Any]) -> Any:
        """Replies, notes and event lines, oldest first: the last ones, or those before a position. Up to 64 KB."""
        readable(actor=self.actor, conversation_id=conversation_id)
        messages, has_more = messages_before(
            conversation_id=conversation_id, audience=Audience.OPERATORS, **query
        )
        return {"messages": messages, "has_more": has_more}

    @operation(
        "send_message",
        "Send a reply or a note",
        permission=None,
        body=SendMessage,
        gives=MessageShape,
        status=201,
        also={200: "It was sent before with the same client_id."},
        refuses=(404,),
        example={"text": "Your parcel left this morning.", "kind": "reply"},
    )
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> Any:
        """A reply goes to the contact, a note never does.

        Permission: `messages:write` for a reply, `notes:write` for a note.
        """
        draft = Draft(
            text=body["text"],
            kind=body["kind"],
            client_id=body.get("client_id") or uuid7(),
            attachment_ids=body.get("attachment_ids", ()),
            mention_ids=body.get("mentions", ()),
        )
        sent = send_message(actor=self.actor, conversation_id=conversation_id, draft=draft)
        return Response(sent.message, status=201 if sent.is_new else 200)


class EventList(TenantAPIView):
    chapter = "Messages"

    @operation(
        "list_events",
        "List what happened after a position",
        permission=Permission.READ_CONVERSATIONS,
        query=EventQuery,
        gives=MissedEventsShape,
        refuses=(404,),
    )
    def get(self, request: Request, conversation_id: UUID, query: dict[str, Any]) -> Any:
        """The same frames that the socket sends, in order, without holes: up to 100, or 64 KB.

        As long as the last is below `head`, ask again after it.
        """
        head = readable(actor=self.actor, conversation_id=conversation_id).operators_position
        after = query["after"]
        if head - after > MAX_GAP:
            return {"events": [], "head": head, "must_reload": True}
        found = events_after(conversation_id=conversation_id, audience=Audience.OPERATORS, after=after)
        return {"events": found, "head": head, "must_reload": False}
