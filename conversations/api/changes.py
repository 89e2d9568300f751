"""What is done to a conversation: each is a POST that answers with the conversation as it is then."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from rest_framework.request import Request

from conversations.actions.assign import assign
from conversations.actions.change_status import mark_pending, reopen, snooze
from conversations.actions.label import mark_spam, set_priority, set_tags
from conversations.actions.mark_read import mark_read, mark_unread
from conversations.actions.resolve import resolve
from conversations.api.bodies import Assign, MarkRead, MarkSpam, SetPriority, SetTags, Snooze
from conversations.queries import conversation_row
from conversations.shapes import ConversationRowShape
from tenants.api.fields import Body, Nothing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.permissions import Permission


def change(
    name: str,
    summary: str,
    *,
    body: type[Body] = Nothing,
    permission: Permission = Permission.WRITE_CONVERSATIONS,
    refuses: tuple[int, ...] = (404,),
) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """Make a method of a ChangeView an endpoint that answers with the conversation as it is then."""
    endpoint = operation(
        name, summary, permission=permission, body=body, gives=ConversationRowShape, refuses=refuses
    )

    def decorate(act: Callable[..., None]) -> Callable[..., Any]:
        @wraps(act)
        def then_show(
            view: TenantAPIView, request: Request, conversation_id: UUID, body: dict[str, Any]
        ) -> Any:
            act(view, request, conversation_id, body)
            return conversation_row(conversation_id=conversation_id)

        return endpoint(then_show)

    return decorate


class ChangeView(TenantAPIView):
    chapter = "Conversations"


class AssignView(ChangeView):
    @change("assign_conversation", "Assign a conversation", body=Assign)
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        """To an operator, a team, both, or nobody. The contact is told who joined."""
        assign(actor=self.actor, conversation_id=conversation_id, **body)


class ResolveView(ChangeView):
    @change("resolve_conversation", "Resolve a conversation")
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        """Asks the contact how it went, when an operator had replied and ratings are on.

        Where its team asks for a tag and it has none, this is refused with 400, naming `tags`.
        """
        resolve(actor=self.actor, conversation_id=conversation_id)


class ReopenView(ChangeView):
    @change("reopen_conversation", "Open a conversation again")
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        reopen(actor=self.actor, conversation_id=conversation_id)


class SnoozeView(ChangeView):
    @change("snooze_conversation", "Snooze a conversation", body=Snooze)
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        """Until a moment, or until the contact writes; `until` null: until they write."""
        snooze(actor=self.actor, conversation_id=conversation_id, until=body["until"])


class PendingView(ChangeView):
    @change("mark_conversation_pending", "Mark a conversation as pending")
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        """The next word is somebody else's."""
        mark_pending(actor=self.actor, conversation_id=conversation_id)


class PriorityView(ChangeView):
    @change("prioritise_conversation", "Set the priority", body=SetPriority)
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        set_priority(actor=self.actor, conversation_id=conversation_id, priority=body["priority"])


class TagsView(ChangeView):
    @change("tag_conversation", "Set the tags", body=SetTags)
    def put(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        """Replaces the tags it has."""
        set_tags(actor=self.actor, conversation_id=conversation_id, names=body["tags"])


class SpamView(ChangeView):
    @change("mark_conversation_spam", "Mark as spam, or not", body=MarkSpam)
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        mark_spam(actor=self.actor, conversation_id=conversation_id, is_spam=body["is_spam"])


class ReadView(ChangeView):
    @change("mark_conversation_read", "Mark as read", body=MarkRead, permission=Permission.READ_CONVERSATIONS)
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        """Up to a position; it never goes back. The contact sees how far."""
        mark_read(actor=self.actor, conversation_id=conversation_id, position=body["position"])


class UnreadView(ChangeView):
    @change("mark_conversation_unread", "Mark as unread")
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        mark_unread(actor=self.actor, conversation_id=conversation_id)
