"""The entrances: each widget and each address."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from conversations.actions.change_inbox import change_inbox, checked_name
from conversations.actions.create_inbox import create_inbox
from conversations.api.bodies import ChangeInbox, CreateInbox
from conversations.api.present import inbox_shape
from conversations.api.shapes import InboxPageShape, InboxShape
from conversations.models import Inbox
from tenants.api.fields import PageQuery
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.errors import NotFound
from tenants.permissions import Permission


class InboxList(TenantAPIView):
    chapter = "Inboxes"

    @operation(
        "list_inboxes",
        "List the inboxes",
        permission=Permission.READ_CONVERSATIONS,
        query=PageQuery,
        gives=InboxPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """The oldest first."""
        return listing(Inbox.objects.all(), order=("created_at", "pk"), query=query, shape=inbox_shape)

    @operation(
        "create_inbox",
        "Create a widget inbox",
        permission=Permission.WRITE_INBOXES,
        body=CreateInbox,
        gives=InboxShape,
        status=201,
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        name = checked_name(body.pop("name"))
        inbox = create_inbox(actor=self.actor, name=name, language=body.pop("language"))
        if body:
            inbox = change_inbox(actor=self.actor, inbox_id=inbox.pk, **body)
        return inbox_shape(inbox)


class InboxDetail(TenantAPIView):
    chapter = "Inboxes"

    @operation(
        "get_inbox",
        "Get an inbox",
        permission=Permission.READ_CONVERSATIONS,
        gives=InboxShape,
        refuses=(404,),
    )
    def get(self, request: Request, inbox_id: UUID) -> Any:
        inbox = Inbox.objects.filter(pk=inbox_id).first()
        if inbox is None:
            raise NotFound()
        return inbox_shape(inbox)

    @operation(
        "change_inbox",
        "Change an inbox",
        permission=Permission.WRITE_INBOXES,
        body=ChangeInbox,
        gives=InboxShape,
        refuses=(404,),
    )
    def patch(self, request: Request, inbox_id: UUID, body: dict[str, Any]) -> Any:
        """Only what is sent changes; of `settings` too."""
        return inbox_shape(change_inbox(actor=self.actor, inbox_id=inbox_id, **body))
