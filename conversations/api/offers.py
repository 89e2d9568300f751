"""What one is offered: conversations of teams that ask their operators, one after another."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from conversations.actions.answer_offer import accept_offer, decline_offer
from conversations.api.shapes import OfferListShape
from conversations.offers import open_offers
from conversations.queries import conversation_row
from conversations.shapes import ConversationRowShape
from tenants.api.fields import Nothing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.permissions import Permission


class OfferList(TenantAPIView):
    chapter = "Offers"

    @operation(
        "list_offers",
        "List one's own open offers",
        permission=Permission.READ_CONVERSATIONS,
        gives=OfferListShape,
    )
    def get(self, request: Request) -> Any:
        """For operators, the oldest first; a key is offered nothing."""
        return {"results": open_offers(actor=self.actor)}


class AcceptView(TenantAPIView):
    chapter = "Offers"

    @operation(
        "accept_offer",
        "Accept an offer",
        permission=Permission.WRITE_CONVERSATIONS,
        body=Nothing,
        gives=ConversationRowShape,
        refuses=(404, 409),
    )
    def post(self, request: Request, offer_id: UUID, body: dict[str, Any]) -> Any:
        """The conversation is one's own then. 409 when the offer is over; `detail` says why."""
        offer = accept_offer(actor=self.actor, offer_id=offer_id)
        return conversation_row(conversation_id=offer.conversation_id)


class DeclineView(TenantAPIView):
    chapter = "Offers"

    @operation(
        "decline_offer",
        "Decline an offer",
        permission=Permission.WRITE_CONVERSATIONS,
        body=Nothing,
        gives=OfferListShape,
        refuses=(404,),
    )
    def post(self, request: Request, offer_id: UUID, body: dict[str, Any]) -> Any:
        """The conversation is offered to another. Answers with the offers that are left."""
        decline_offer(actor=self.actor, offer_id=offer_id)
        return {"results": open_offers(actor=self.actor)}
