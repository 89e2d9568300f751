"""Taking a conversation that one is offered, or leaving it to another."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.actions.assign import assign
from conversations.actions.end_offer import end_offer
from conversations.actions.end_transfer import TRANSFER_DUE, record_transfer, return_transfer
from conversations.actions.notify import notify
from conversations.models import Conversation, Notification, Offer
from conversations.shapes import AuthorShape
from operators.models import Team
from tenants.errors import Conflict, NotFound
from tenants.permissions import Actor, ActorKind, Permission, require
from tenants.timers import cancel_timer


@transaction.atomic
def accept_offer(*, actor: Actor, offer_id: UUID) -> Offer:
    """Take the conversation of one's own offer; once more the same. While nobody ended it, it stands.

    Raises:
        PermissionDenied: the actor may not take conversations.
        NotFound: the actor has no such offer.
        Conflict: it is over; ``detail`` says why.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    offer = _locked(actor, offer_id)
    if offer.outcome == Offer.Outcome.ACCEPTED:
        return offer
    conversation = offer.conversation
    # Of a team nobody has it yet; a sender has what they offer.
    if offer.outcome != Offer.Outcome.OPEN or conversation.operator_id not in (offer.sender_id, actor.id):
        raise Conflict(_why(offer))
    if conversation.status != Conversation.Status.OPEN or conversation.is_spam:
        raise Conflict(_("This conversation waits for nobody any more."))
    offer.conversation = assign(
        actor=actor, conversation_id=conversation.pk, operator_id=actor.id, team_id=conversation.team_id
    )
    end_offer(offer=offer, outcome=Offer.Outcome.ACCEPTED)
    if offer.sender is not None:
        _hand_over(actor, offer)
    return offer


@transaction.atomic
def decline_offer(*, actor: Actor, offer_id: UUID) -> Offer:
    """Leave the conversation of one's own offer to another; nothing happens when the offer is over already.

    Raises PermissionDenied, NotFound.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    offer = _locked(actor, offer_id)
    if offer.outcome != Offer.Outcome.OPEN:
        return offer
    if offer.sender_id is None:
        end_offer(offer=offer, outcome=Offer.Outcome.DECLINED)
    else:
        return_transfer(actor=actor, offer=offer, outcome="declined")
    return offer


def _hand_over(actor: Actor, offer: Offer) -> None:
    """Record that the sender's conversation is the actor's now, and have the note stand before their eyes."""
    record_transfer(actor=actor, offer=offer, outcome="accepted")
    cancel_timer(kind=TRANSFER_DUE, subject_id=offer.pk)
    if offer.note_id is not None and offer.sender is not None:
        by: AuthorShape = {"kind": "operator", "id": str(offer.sender_id), "name": offer.sender.display_name}
        notify(
            by=by,
            operator_ids=[offer.operator_id],
            conversation_id=offer.conversation_id,
            kind=Notification.Kind.TRANSFER,
            message_id=offer.note_id,
        )


def _locked(actor: Actor, offer_id: UUID) -> Offer:
    """Return the actor's own offer, under the locks of its team, if it is of one, and then of its conversation."""
    if actor.kind is not ActorKind.OPERATOR:
        raise NotFound()
    mine = Offer.objects.filter(pk=offer_id, operator=actor.id)
    known = mine.values_list("team_id", "conversation_id").first()
    if known is None:
        raise NotFound()
    team_id, conversation_id = known
    if team_id is not None:
        Team.objects.select_for_update(no_key=True).filter(pk=team_id).first()
    conversation = Conversation.objects.select_for_update(no_key=True).filter(pk=conversation_id).first()
    offer = mine.select_related("operator", "sender").first()
    if offer is None or conversation is None:
        raise NotFound()
    offer.conversation = conversation
    return offer


def _why(offer: Offer) -> str:
    taker = offer.conversation.operator
    if taker is not None and offer.conversation.operator_id != offer.sender_id:
        return _("%(name)s has this conversation now.") % {"name": taker.display_name}
    if offer.outcome == Offer.Outcome.EXPIRED:
        return _("The time for this offer is over.")
    return _("This offer is over.")
