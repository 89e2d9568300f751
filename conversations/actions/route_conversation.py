"""Bringing a conversation to where it can be given out."""

from uuid import UUID

from django.db import transaction

from conversations.actions.assign import assign
from conversations.models import Conversation
from conversations.regions import Region, team_for
from operators.models import AssignmentMode, Availability, Team
from tenants.permissions import Actor, Permission, require


@transaction.atomic
def route_conversation(*, actor: Actor, conversation_id: UUID) -> Conversation | None:
    """Give a conversation without a team to the team of its language and country; nothing where there is none.

    One that was opened again, in a team that gives its conversations out, goes back to the queue when whoever had it
    is away or offline. Returns the conversation when it was moved.

    Raises PermissionDenied.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    waiting = Conversation.objects.select_for_update(no_key=True).filter(
        pk=conversation_id, status=Conversation.Status.OPEN, waiting_since__isnull=False, is_spam=False
    )
    found = list(waiting)
    if not found:
        return None
    conversation = found[0]
    operator, team_id = conversation.operator, conversation.team_id
    if operator is None and team_id is None:
        team_id = _team_of(conversation)
    elif operator is not None and conversation.team is not None:
        is_automatic = conversation.team.assignment_mode != AssignmentMode.MANUAL
        is_there = operator.is_active and operator.availability not in (
            Availability.AWAY,
            Availability.OFFLINE,
        )
        operator = None if is_automatic and not is_there else operator
    if (operator, team_id) == (conversation.operator, conversation.team_id):
        return None
    return assign(
        actor=actor,
        conversation_id=conversation_id,
        operator_id=operator.pk if operator else None,
        team_id=team_id,
    )


def _team_of(conversation: Conversation) -> UUID | None:
    regions = [
        Region(team_id=team.pk, languages=frozenset(team.languages), countries=frozenset(team.countries))
        for team in Team.objects.order_by("name", "pk")
    ]
    country = conversation.contact.country.upper()
    return team_for(language=conversation.language, country=country, regions=regions)
