"""Who is kept out."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from conversations.actions.manage_blocks import block_contact, block_network, lift_block
from conversations.api.bodies import BlockContact, BlockNetwork
from conversations.api.present import block_shape
from conversations.api.shapes import BlockPageShape, BlockShape
from conversations.blocks import standing
from tenants.api.fields import PageQuery
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.permissions import Permission


class BlockList(TenantAPIView):
    chapter = "Blocks"

    @operation(
        "list_blocks",
        "List who is kept out",
        permission=Permission.READ_CONTACTS,
        query=PageQuery,
        gives=BlockPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """The newest first; those whose time is over are left out."""
        return listing(standing(), order=("-created_at", "-pk"), query=query, shape=block_shape)

    @operation(
        "block_network",
        "Block a network",
        permission=Permission.WRITE_INBOXES,
        body=BlockNetwork,
        gives=BlockShape,
        status=201,
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        """Nobody begins a session from there; the same network again changes until when."""
        return block_shape(block_network(actor=self.actor, **body))


class BlockDetail(TenantAPIView):
    chapter = "Blocks"

    @operation("lift_block", "Lift a block", permission=Permission.WRITE_CONTACTS, refuses=(404,))
    def delete(self, request: Request, block_id: UUID) -> Any:
        """The contact, or whoever comes from the network, may write again."""
        lift_block(actor=self.actor, block_id=block_id)


class ContactBlock(TenantAPIView):
    chapter = "Contacts"

    @operation(
        "block_contact",
        "Keep a contact out",
        permission=Permission.WRITE_CONTACTS,
        body=BlockContact,
        gives=BlockShape,
        status=201,
        refuses=(404,),
    )
    def post(self, request: Request, contact_id: UUID, body: dict[str, Any]) -> Any:
        """Their open pages end; again changes until when."""
        return block_shape(block_contact(actor=self.actor, contact_id=contact_id, **body))
