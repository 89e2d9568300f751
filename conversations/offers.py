"""Reads of offers."""

from uuid import UUID

from conversations.models import Message, Offer
from conversations.present import offer_shape
from conversations.shapes import OfferShape
from tenants.clock import now
from tenants.permissions import Actor, ActorKind


def first_words(conversation_id: UUID) -> str:
    """Return what the contact said first, up to 160 characters."""
    said = Message.objects.filter(
        conversation_id=conversation_id, author_kind="contact", kind=Message.Kind.REPLY
    ).order_by("operators_position")
    return (said.values_list("text", flat=True).first() or "")[:160]


def open_offers(*, actor: Actor) -> list[OfferShape]:
    """Return what the actor is offered now, the oldest offer first; nothing for whoever is no operator."""
    if actor.kind is not ActorKind.OPERATOR:
        return []
    rows = Offer.objects.filter(operator=actor.id, outcome=Offer.Outcome.OPEN)
    at = now()
    return [
        offer_shape(row, text=first_words(row.conversation_id), at=at)
        for row in rows.select_related("team", "sender", "note", "conversation__contact").order_by(
            "offered_at", "pk"
        )
    ]
