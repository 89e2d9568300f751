"""The end of an offer: it was answered, or its time is over, or it has become void."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from conversations.events import OfferEnded
from conversations.models import Conversation, Offer
from tenants.clock import now
from tenants.events import publish


def ended_as(offer: Offer, *, there: Collection[UUID], at: datetime) -> str | None:
    """Return how an open offer has ended; None while it stands. Its conversation and operator are fetched already.

    ``there``: who of the team can take conversations.
    """
    conversation = offer.conversation
    if conversation.operator_id == offer.operator_id:
        return Offer.Outcome.ACCEPTED.value
    if conversation.operator_id is not None:
        return Offer.Outcome.TAKEN.value
    is_waiting = conversation.status == Conversation.Status.OPEN and conversation.waiting_since is not None
    if not is_waiting or conversation.is_spam or conversation.team_id != offer.team_id:
        return Offer.Outcome.WITHDRAWN.value
    if offer.expires_at <= at:
        return Offer.Outcome.EXPIRED.value
    if offer.operator_id not in there:
        return Offer.Outcome.WITHDRAWN.value
    return None


def end_offer(*, offer: Offer, outcome: str) -> None:
    """Note how an offer ended, and tell. The lock of its team is held; its conversation is as it is now."""
    offer.outcome, offer.ended_at = outcome, now()
    offer.save(update_fields=["outcome", "ended_at"])
    taker = offer.conversation.operator
    is_taken = outcome == Offer.Outcome.TAKEN and taker is not None
    publish(
        OfferEnded(
            offer_id=offer.pk,
            conversation_id=offer.conversation_id,
            operator_id=offer.operator_id,
            outcome=outcome,  # type: ignore[arg-type]
            taken_by=taker.display_name if is_taken and taker else "",
        )
    )
