"""The end of an operator's offer to another: accepted, declined, over, or void; and its place in the thread."""

from typing import Final
from uuid import UUID

from django.db import transaction

from conversations.actions.end_offer import end_offer
from conversations.actions.notify import notify
from conversations.events import ConversationTransferred
from conversations.models import Conversation, Notification, Offer
from conversations.present import author_of
from conversations.shapes import AuthorShape, TransferOutcome
from conversations.thread import add_line
from operators.models import Operator, Team
from tenants.clock import now
from tenants.events import publish
from tenants.permissions import Actor, Permission, require
from tenants.timers import cancel_timer, set_timer

TRANSFER_DUE: Final = "transfer"
# What is told in the thread, to colleagues alone; that it was accepted, the contact reads as well: somebody joined.
LINES: Final = ("offered", "declined", "expired")


def record_transfer(
    *,
    actor: Actor,
    outcome: TransferOutcome,
    offer: Offer | None = None,
    conversation: Conversation | None = None,
    sender: Operator | None = None,
    team: Team | None = None,
) -> None:
    """Publish a step of a transfer: of an offer to a colleague, or of a conversation that its sender gives to a team.

    The conversation is locked, and as it is now.
    """
    conversation = offer.conversation if offer else conversation
    sender = offer.sender if offer else sender
    receiver = offer.operator if offer else None
    assert conversation is not None  # noqa: S101 - one or the other is given
    assert sender is not None  # noqa: S101 - transfers have one
    line = None
    if outcome in LINES:
        conversation.refresh_from_db(fields=["operators_position", "contact_position"])
        line = add_line(
            conversation=conversation,
            actor=actor,
            code=f"transfer_{outcome}",
            is_public=False,
            operator=receiver.display_name if receiver else "",
        )
    publish(
        ConversationTransferred(
            conversation_id=conversation.pk,
            from_operator_id=sender.pk,
            from_operator_name=sender.display_name,
            to_operator_id=receiver.pk if receiver else None,
            to_operator_name=receiver.display_name if receiver else "",
            team_id=team.pk if team else conversation.team_id,
            outcome=outcome,
            by=author_of(actor),
            line=line,
        )
    )


def withdraw(*, actor: Actor, offer: Offer) -> None:
    """End an open transfer that has become void. Its conversation is locked, and as it is now."""
    end_offer(offer=offer, outcome=Offer.Outcome.WITHDRAWN)
    record_transfer(actor=actor, offer=offer, outcome="withdrawn")
    cancel_timer(kind=TRANSFER_DUE, subject_id=offer.pk)


def return_transfer(*, actor: Actor, offer: Offer, outcome: TransferOutcome) -> None:
    """End an open transfer that was declined or let pass: the sender keeps the conversation, and is told.

    The conversation is locked, and as it is now.
    """
    end_offer(offer=offer, outcome=outcome)
    record_transfer(actor=actor, offer=offer, outcome=outcome)
    receiver: Operator = offer.operator
    by: AuthorShape = {"kind": "operator", "id": str(receiver.pk), "name": receiver.display_name}
    notify(
        by=by,
        operator_ids=[offer.sender_id] if offer.sender_id else [],
        conversation_id=offer.conversation_id,
        kind=Notification.Kind.RETURNED,
    )
    cancel_timer(kind=TRANSFER_DUE, subject_id=offer.pk)


@transaction.atomic
def end_transfer(*, actor: Actor, offer_id: UUID) -> Offer | None:
    """End a transfer whose time is over; nothing happens to one that has ended. Returns it when it ended now.

    Raises PermissionDenied.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    known = Offer.objects.filter(pk=offer_id, team=None)
    found = Conversation.objects.select_for_update(no_key=True).filter(pk__in=known.values("conversation_id"))
    conversation = next(iter(found), None)
    offer = known.select_related("operator", "sender").filter(outcome=Offer.Outcome.OPEN).first()
    if conversation is None or offer is None:
        return None
    offer.conversation = conversation
    if conversation.operator_id != offer.sender_id or conversation.status != Conversation.Status.OPEN:
        withdraw(actor=actor, offer=offer)
    elif offer.expires_at > now():
        set_timer(kind=TRANSFER_DUE, subject_id=offer_id, due_at=offer.expires_at)
        return None
    else:
        return_transfer(actor=actor, offer=offer, outcome="expired")
    return offer
