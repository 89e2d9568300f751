"""The list of conversations, and each of them."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from conversations.actions.assign import assign
from conversations.actions.change_conversation import change_conversation
from conversations.actions.label import mark_spam, set_priority, set_tags
from conversations.actions.send_message import send_message
from conversations.actions.start_conversation import start_conversation
from conversations.api.bodies import ChangeConversation, StartConversation
from conversations.api.narrowing import ConversationQuery, read_filter
from conversations.api.shapes import ConversationPageShape, CountsShape
from conversations.drafts import Draft, uuid_of
from conversations.models import Conversation
from conversations.queries import conversation_page, conversation_row, counts
from conversations.shapes import ConversationRowShape
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.ids import uuid7
from tenants.permissions import Permission


class ConversationList(TenantAPIView):
    chapter = "Conversations"

    @operation(
        "list_conversations",
        "List conversations",
        permission=Permission.READ_CONVERSATIONS,
        query=ConversationQuery,
        gives=ConversationPageShape,
        refuses=(404,),
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """Those with the newest activity first. What has another tenant's id matches nothing."""
        page = conversation_page(
            wanted=read_filter(query, self.actor),
            sort=query["sort"],
            cursor=query.get("cursor"),
            limit=query["limit"],
        )
        return {"results": page.results, "next": page.next}

    @operation(
        "start_conversation",
        "Begin a conversation with a contact",
        permission=Permission.WRITE_MESSAGES,
        body=StartConversation,
        gives=ConversationRowShape,
        status=201,
        also={200: "It was begun before with the same client_id."},
        refuses=(404,),
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        """With `message`, it is said at once. A disabled inbox is not found."""
        client_id = body.get("client_id") or uuid7()
        is_new = not Conversation.objects.filter(contact_id=body["contact_id"], client_id=client_id).exists()
        conversation = start_conversation(
            actor=self.actor,
            inbox_id=body["inbox_id"],
            contact_id=body["contact_id"],
            client_id=client_id,
            language=body["language"],
            subject=body["subject"],
        )
        if message := body.get("message"):
            # The same client_id makes the same message, however often this is sent.
            draft = Draft(text=message["text"], kind=message["kind"], client_id=client_id)
            send_message(actor=self.actor, conversation_id=conversation.pk, draft=draft)
        row = conversation_row(conversation_id=conversation.pk)
        return Response(row, status=201 if is_new else 200)


class ConversationCounts(TenantAPIView):
    chapter = "Conversations"

    @operation(
        "count_conversations",
        "Count the conversations",
        permission=Permission.READ_CONVERSATIONS,
        gives=CountsShape,
    )
    def get(self, request: Request) -> Any:
        """Of each list of the inbox, spam left out."""
        return counts(actor=self.actor)


class ConversationDetail(TenantAPIView):
    chapter = "Conversations"

    @operation(
        "get_conversation",
        "Get a conversation",
        permission=Permission.READ_CONVERSATIONS,
        gives=ConversationRowShape,
        refuses=(404,),
    )
    def get(self, request: Request, conversation_id: UUID) -> Any:
        return conversation_row(conversation_id=conversation_id)

    @operation(
        "change_conversation",
        "Change a conversation",
        permission=Permission.WRITE_CONVERSATIONS,
        body=ChangeConversation,
        gives=ConversationRowShape,
        refuses=(404,),
    )
    def patch(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> Any:
        """All the changes, or none."""
        chosen: dict[str, Any] = {"actor": self.actor, "conversation_id": conversation_id}
        row = conversation_row(conversation_id=conversation_id)
        if "operator_id" in body or "team_id" in body:
            operator = row["operator"]
            assign(
                **chosen,
                operator_id=body.get("operator_id", uuid_of(operator["id"]) if operator else None),
                team_id=body.get("team_id", uuid_of(row["team_id"])),
            )
        if about := {name: body[name] for name in ("subject", "language") if name in body}:
            change_conversation(**chosen, **about)
        if "priority" in body:
            set_priority(**chosen, priority=body["priority"])
        if "tags" in body:
            set_tags(**chosen, names=body["tags"])
        if "is_spam" in body:
            mark_spam(**chosen, is_spam=body["is_spam"])
        return conversation_row(conversation_id=conversation_id)
