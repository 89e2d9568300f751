"""Taking a conversation that one is offered, or leaving it to another."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.actions.assign import assign
from conversations.actions.end_offer import end_offer
from conversations.models import Conversation, Offer
from operators.models import Team
from tenants.errors import Conflict, NotFound
from tenants.permissions import Actor, ActorKind, Permission, require


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
    if offer.outcome != Offer.Outcome.OPEN or conversation.operator_id not in (None, actor.id):
        raise Conflict(_why(offer))
    if conversation.status != Conversation.Status.OPEN or conversation.is_spam:
        raise Conflict(_("This conversation waits for nobody any more."))
    offer.conversation = assign(
        actor=actor, conversation_id=conversation.pk, operator_id=actor.id, team_id=conversation.team_id
    )
    end_offer(offer=offer, outcome=Offer.Outcome.ACCEPTED)
    return offer


@transaction.atomic
def decline_offer(*, actor: Actor, offer_id: UUID) -> Offer:
    """Leave the conversation of one's own offer to another; nothing happens when the offer is over already.

    Raises PermissionDenied, NotFound.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    offer = _locked(actor, offer_id)
    if offer.outcome == Offer.Outcome.OPEN:
        end_offer(offer=offer, outcome=Offer.Outcome.DECLINED)
    return offer


def _locked(actor: Actor, offer_id: UUID) -> Offer:
    """Return the actor's own offer, under the locks of its team and then of its conversation."""
    if actor.kind is not ActorKind.OPERATOR:
        raise NotFound()
    mine = Offer.objects.filter(pk=offer_id, operator=actor.id)
    team_id = mine.values_list("team_id", flat=True).first()
    if team_id is None:
        raise NotFound()
    Team.objects.select_for_update(no_key=True).filter(pk=team_id).first()
    offer = mine.first()
    if offer is None:
        raise NotFound()
    offer.conversation = Conversation.objects.select_for_update(no_key=True).get(pk=offer.conversation_id)
    return offer


def _why(offer: Offer) -> str:
    taker = offer.conversation.operator
    if taker is not None:
        return _("%(name)s has this conversation now.") % {"name": taker.display_name}
    if offer.outcome == Offer.Outcome.EXPIRED:
        return _("The time for this offer is over.")
    return _("This offer is over.")
