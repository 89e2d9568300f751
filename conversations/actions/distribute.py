"""Giving out the conversations that wait in a team."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from django.db import transaction
from django.db.models import F

from conversations.actions.assign import assign
from conversations.actions.end_offer import end_offer, ended_as
from conversations.assignment import Candidate, Match, Mode, Rules, Waiting, distribution
from conversations.events import OfferMade
from conversations.models import Conversation, Offer
from conversations.offers import first_words
from conversations.presence import who_is_known_here
from conversations.present import offer_shape
from conversations.queue import available, candidates, operators_of, waiting_in, without_operator
from operators.models import AssignmentMode, Availability, Operator, Team
from tenants.clock import now
from tenants.events import publish
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id
from tenants.timers import cancel_timer, set_timer

KIND: Final = "distribute"
# While somebody waits the team is looked at again so soon: who opens or closes the inbox is in no event.
LOOK_AGAIN: Final = timedelta(seconds=5)
# While somebody has been given a conversation and has not answered it, they may still go away.
LOOK_AFTER: Final = timedelta(seconds=30)


@transaction.atomic
def distribute(*, actor: Actor, team_id: UUID) -> list[Match]:
    """End the offers of a team that are over, take back what its operators left lying, and give out what waits.

    One at a time for each team. Locks are taken in one order everywhere: the team's timer, the team, its operators,
    conversations; of these ``append_message`` takes the last only. With the broker away nobody knows who is there,
    and nothing happens.
    Returns who was asked for, or given, what.

    Raises PermissionDenied.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    here = who_is_known_here(tenant_id=current_tenant_id(), kind="operator")
    set_timer(kind=KIND, subject_id=team_id, due_at=now() + LOOK_AGAIN)
    team = Team.objects.select_for_update(no_key=True).filter(pk=team_id).first()
    if team is None:
        cancel_timer(kind=KIND, subject_id=team_id)
        return []
    if here is None:
        return []
    at = now()
    is_automatic = team.assignment_mode != AssignmentMode.MANUAL
    operators = operators_of(team) if is_automatic else []
    there = available(operators, here=here)
    for offer in _open_offers(team):
        if outcome := ended_as(offer, there=there, at=at):
            end_offer(offer=offer, outcome=outcome)
    due: list[datetime] = []
    matches: list[Match] = []
    if is_automatic:
        if _take_back(actor, team, there=there):
            due.append(at + LOOK_AFTER)
        waiting = waiting_in(team)
        matches = _give_out(actor, team, waiting, candidates(operators, here=here), at=at)
        if len(matches) < len(waiting):
            due.append(at + LOOK_AGAIN)
    _set_next(team, due=[*due, *(offer.expires_at for offer in _open_offers(team))])
    return matches


def _open_offers(team: Team) -> list[Offer]:
    rows = Offer.objects.filter(team=team, outcome=Offer.Outcome.OPEN).select_related(
        "conversation__operator"
    )
    return list(rows.order_by("offered_at", "pk"))


def _take_back(actor: Actor, team: Team, *, there: Collection[UUID]) -> bool:
    """Return to the queue what was given out and not answered, where whoever has it went away or offline.

    Somebody whose pages are all closed but who is set online keeps it, unless another one could take it. Returns
    whether something unanswered was left with somebody.
    """
    is_left = False
    for conversation_id, operator in _unanswered(team):
        gone = not operator.is_active or operator.availability in (Availability.AWAY, Availability.OFFLINE)
        still = Conversation.objects.select_for_update(no_key=True).filter(
            pk=conversation_id, operator=operator, waiting_since__isnull=False
        )
        if not gone and (operator.pk in there or not there):
            is_left = True
        elif list(still):  # locked: they may have answered just now
            assign(actor=actor, conversation_id=conversation_id, operator_id=None, team_id=team.pk)
    return is_left


def _unanswered(team: Team) -> Sequence[tuple[UUID, Operator]]:
    """Return what was given out since its contact waits, and to whom."""
    given = Offer.objects.filter(
        team=team,
        outcome__in=[Offer.Outcome.ACCEPTED, Offer.Outcome.ASSIGNED],
        conversation__team=team,
        conversation__status=Conversation.Status.OPEN,
        conversation__operator=F("operator"),
        conversation__waiting_since__lte=F("ended_at"),
    )
    rows = given.select_related("operator").order_by("conversation_id", "-offered_at")
    return list({row.conversation_id: row.operator for row in rows}.items())


def _give_out(
    actor: Actor, team: Team, waiting: Sequence[Waiting], operators: Sequence[Candidate], *, at: datetime
) -> list[Match]:
    rules = Rules(mode=cast("Mode", team.assignment_mode), prefers_last_operator=team.prefers_last_operator)
    matches = distribution(rules=rules, waiting=waiting, operators=operators, at=at)
    for match in matches:
        if team.offer_seconds:
            _offer(team, match, at=at)
        else:
            _give(actor, team, match, at=at)
    return matches


def _offer(team: Team, match: Match, *, at: datetime) -> None:
    waiting = without_operator().select_for_update(no_key=True).filter(pk=match.conversation_id, team=team)
    if not list(waiting):  # locked: somebody may have taken it, or be handing it over, just now
        return
    offer = _made(team, match, at=at, outcome=Offer.Outcome.OPEN)
    offer.conversation = Conversation.objects.select_related("contact").get(pk=match.conversation_id)
    publish(OfferMade(offer=offer_shape(offer, text=first_words(match.conversation_id), at=at)))


def _give(actor: Actor, team: Team, match: Match, *, at: datetime) -> None:
    waiting = without_operator().select_for_update(no_key=True).filter(pk=match.conversation_id, team=team)
    if list(waiting):  # locked: somebody may have taken it just now
        assign(
            actor=actor, conversation_id=match.conversation_id, operator_id=match.operator_id, team_id=team.pk
        )
        _made(team, match, at=at, outcome=Offer.Outcome.ASSIGNED)


def _made(team: Team, match: Match, *, at: datetime, outcome: str) -> Offer:
    is_open = outcome == Offer.Outcome.OPEN
    return Offer.objects.create(
        tenant_id=current_tenant_id(),
        conversation_id=match.conversation_id,
        operator_id=match.operator_id,
        team=team,
        outcome=outcome,
        offered_at=at,
        expires_at=at + timedelta(seconds=team.offer_seconds),
        ended_at=None if is_open else at,
    )


def _set_next(team: Team, *, due: Sequence[datetime]) -> None:
    """Set when the team is looked at next without being called; never, where nothing can become due."""
    if due:
        set_timer(kind=KIND, subject_id=team.pk, due_at=min(due))
    else:
        cancel_timer(kind=KIND, subject_id=team.pk)
