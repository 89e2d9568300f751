"""Several things done to a conversation at once."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from conversations.actions.manage_macros import change_macro, create_macro, remove_macro
from conversations.actions.run_macro import run_macro
from conversations.api.bodies import ChangeMacro, CreateMacro, RunMacro
from conversations.api.shapes import MacroPageShape
from conversations.models import Macro
from conversations.present import macro_shape
from conversations.queries import conversation_row
from conversations.shapes import ConversationRowShape, MacroShape
from tenants.api.fields import PageQuery
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.ids import uuid7
from tenants.permissions import Permission


class MacroList(TenantAPIView):
    chapter = "Macros"

    @operation(
        "list_macros",
        "List the macros",
        permission=Permission.READ_CONVERSATIONS,
        query=PageQuery,
        gives=MacroPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """By name."""
        return listing(Macro.objects.all(), order=("name", "pk"), query=query, shape=macro_shape)

    @operation(
        "create_macro",
        "Create a macro",
        permission=Permission.WRITE_CANNED_REPLIES,
        body=CreateMacro,
        gives=MacroShape,
        status=201,
        refuses=(409,),
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        return macro_shape(create_macro(actor=self.actor, **body))


class MacroDetail(TenantAPIView):
    chapter = "Macros"

    @operation(
        "change_macro",
        "Change a macro",
        permission=Permission.WRITE_CANNED_REPLIES,
        body=ChangeMacro,
        gives=MacroShape,
        refuses=(404, 409),
    )
    def patch(self, request: Request, macro_id: UUID, body: dict[str, Any]) -> Any:
        """Only what is sent changes."""
        return macro_shape(change_macro(actor=self.actor, macro_id=macro_id, **body))

    @operation("remove_macro", "Remove a macro", permission=Permission.WRITE_CANNED_REPLIES, refuses=(404,))
    def delete(self, request: Request, macro_id: UUID) -> Any:
        remove_macro(actor=self.actor, macro_id=macro_id)


class RunMacroView(TenantAPIView):
    chapter = "Conversations"

    @operation(
        "run_macro",
        "Run a macro",
        permission=Permission.WRITE_CONVERSATIONS,
        body=RunMacro,
        gives=ConversationRowShape,
        refuses=(404,),
    )
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> Any:
        """All of it or nothing. What it would say can be said in other words: send `reply` or `note`."""
        body.setdefault("client_id", uuid7())
        run_macro(actor=self.actor, conversation_id=conversation_id, **body)
        return conversation_row(conversation_id=conversation_id)
