"""Handing a conversation over: to a colleague, who is asked, or to a team; and asking a colleague to help."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.actions.assign import assign
from conversations.actions.end_offer import end_offer
from conversations.actions.end_transfer import TRANSFER_DUE, record_transfer, withdraw
from conversations.actions.notify import notify
from conversations.actions.send_message import send_message
from conversations.colleagues import colleague, require_here, team_with_somebody
from conversations.drafts import Draft
from conversations.events import ConversationInvited, OfferMade
from conversations.models import Conversation, Notification, Offer
from conversations.offers import first_words
from conversations.present import author_of, offer_shape
from conversations.thread import add_line, locked
from operators.models import Operator, Team
from tenants.clock import now
from tenants.errors import Conflict, PermissionDenied
from tenants.events import publish
from tenants.ids import uuid7
from tenants.permissions import Actor, ActorKind, Permission, require
from tenants.timers import set_timer

# How long a colleague has to accept.
PATIENCE: Final = timedelta(seconds=30)


@transaction.atomic
def transfer_to_operator(*, actor: Actor, conversation_id: UUID, operator_id: UUID, note: str = "") -> Offer:
    """Ask a colleague to take a conversation over; until they do, it is the actor's, and remains so if they do not.

    The note is private, and is the first that the colleague sees. An earlier offer of the conversation ends.

    Raises:
        PermissionDenied: the actor may not hand over, or is no operator, to whom it could be given back.
        NotFound: no such conversation.
        BadRequest: the operator may not answer, or has it already.
        Conflict: the operator is not here, or the conversation is another's or not open; ``detail`` says which.
    """
    sender = _sender(actor)
    conversation = _held(actor, conversation_id)
    receiver = colleague(operator_id=operator_id, but=sender.pk)
    require_here(receiver)
    # Whoever hands over has it first: so it is clear to whom it goes back.
    assign(actor=actor, conversation_id=conversation_id, operator_id=sender.pk, team_id=conversation.team_id)
    conversation.refresh_from_db()
    at = now()
    offer = Offer.objects.create(
        conversation=conversation,
        operator=receiver,
        sender=sender,
        note_id=_say(actor, conversation, note),
        offered_at=at,
        expires_at=at + PATIENCE,
    )
    record_transfer(actor=actor, offer=offer, outcome="offered")
    shown = Offer.objects.select_related("operator", "sender", "note", "conversation__contact").get(
        pk=offer.pk
    )
    publish(OfferMade(offer=offer_shape(shown, text=first_words(conversation.pk), at=at)))
    set_timer(kind=TRANSFER_DUE, subject_id=offer.pk, due_at=offer.expires_at)
    return shown


@transaction.atomic
def transfer_to_team(*, actor: Actor, conversation_id: UUID, team_id: UUID, note: str = "") -> Conversation:
    """Give a conversation to a team, whose members are told. With nobody of it here it stays where it is.

    Raises PermissionDenied, NotFound and BadRequest as ``transfer_to_operator``, and Conflict when nobody of the team
    is here.
    """
    sender = _sender(actor)
    conversation = _held(actor, conversation_id)
    team, members = team_with_somebody(team_id=team_id, but=sender.pk)
    note_id = _say(actor, conversation, note)
    given = assign(actor=actor, conversation_id=conversation.pk, operator_id=None, team_id=team.pk)
    record_transfer(actor=actor, conversation=given, sender=sender, team=team, outcome="queued")
    notify(
        by=author_of(actor),
        operator_ids=members,
        conversation_id=conversation.pk,
        kind=Notification.Kind.TRANSFER,
        message_id=note_id,
    )
    given.refresh_from_db()
    return given


@transaction.atomic
def invite_colleague(
    *, actor: Actor, conversation_id: UUID, operator_id: UUID, note: str = ""
) -> Conversation:
    """Ask a colleague to help in a conversation, which stays with whoever has it. They are told, here or not.

    Raises PermissionDenied, NotFound, and BadRequest when the operator may not answer.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    conversation = locked(actor=actor, conversation_id=conversation_id)
    invited = colleague(operator_id=operator_id, but=actor.id)
    note_id = _say(actor, conversation, note)
    line = add_line(
        conversation=conversation, actor=actor, code="invited", is_public=False, operator=invited.display_name
    )
    publish(
        ConversationInvited(
            conversation_id=conversation.pk,
            operator_id=invited.pk,
            operator_name=invited.display_name,
            by=author_of(actor),
            line=line,
        )
    )
    notify(
        by=author_of(actor),
        operator_ids=[invited.pk],
        conversation_id=conversation.pk,
        kind=Notification.Kind.INVITED,
        message_id=note_id,
    )
    conversation.refresh_from_db()
    return conversation


def _sender(actor: Actor) -> Operator:
    """Return who hands over."""
    require(actor, Permission.WRITE_CONVERSATIONS)
    if actor.kind is not ActorKind.OPERATOR:
        raise PermissionDenied()
    return Operator.objects.get(pk=str(actor.id))


def _held(actor: Actor, conversation_id: UUID) -> Conversation:
    """Return an open conversation that is the actor's or nobody's, locked; what it is offered ends.

    The lock of a team comes before that of a conversation: see ``distribute``.
    """
    open_offers = Offer.objects.filter(conversation=conversation_id, outcome=Offer.Outcome.OPEN)
    team_id = open_offers.values_list("team_id", flat=True).first()
    if team_id is not None:
        Team.objects.select_for_update(no_key=True).filter(pk=team_id).first()
    conversation = locked(actor=actor, conversation_id=conversation_id)
    if conversation.status != Conversation.Status.OPEN or conversation.is_spam:
        raise Conflict(_("Only an open conversation can be handed over."))
    if conversation.operator is not None and conversation.operator_id != actor.id:
        raise Conflict(
            _("%(name)s has this conversation now.") % {"name": conversation.operator.display_name}
        )
    offer = open_offers.first()
    if offer is not None:
        if offer.team_id not in (None, team_id):
            raise Conflict(_("It is being offered to somebody at this moment. Please try again."))
        offer.conversation = conversation
        if offer.team_id is None:
            withdraw(actor=actor, offer=offer)
        else:
            end_offer(offer=offer, outcome=Offer.Outcome.WITHDRAWN)
    return conversation


def _say(actor: Actor, conversation: Conversation, note: str) -> UUID | None:
    """Write the note, if there is one, and return its id; the conversation is as it is then."""
    if not note.strip():
        return None
    draft = Draft(text=note, client_id=uuid7(), kind="note")
    sent = send_message(actor=actor, conversation_id=conversation.pk, draft=draft)
    conversation.refresh_from_db()
    return UUID(str(sent.message["id"]))
