"""Handing a conversation to somebody."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.actions.notify import notify
from conversations.events import ConversationAssigned
from conversations.models import Conversation, Notification
from conversations.present import author_of
from conversations.thread import add_line, locked
from operators.models import Operator, Team
from tenants.errors import BadRequest
from tenants.events import publish
from tenants.permissions import Actor, Permission, require


@transaction.atomic
def assign(
    *, actor: Actor, conversation_id: UUID, operator_id: UUID | None, team_id: UUID | None = None
) -> Conversation:
    """Hand a conversation to an operator and a team, or back to the queue when both are None.

    The contact is told who joined. Nothing happens when it is so already.

    Raises:
        PermissionDenied: the actor may not assign.
        NotFound: no such conversation.
        BadRequest: the operator left or is not there, or there is no such team.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    conversation = locked(actor=actor, conversation_id=conversation_id)
    if (conversation.operator_id, conversation.team_id) == (operator_id, team_id):
        return conversation
    operator = Operator.objects.filter(pk=operator_id, is_active=True).first() if operator_id else None
    if operator_id and operator is None:
        raise BadRequest(errors={"operator_id": [_("This operator is not available.")]})
    if team_id and not Team.objects.filter(pk=team_id).exists():
        raise BadRequest(errors={"team_id": [_("There is no such team.")]})
    name = operator.display_name if operator else ""
    line = None
    former_id = conversation.operator_id
    if former_id != operator_id:
        line = add_line(
            conversation=conversation,
            actor=actor,
            is_public=True,
            operator=name,
            **_said(conversation, actor, operator, team_id),
        )
    conversation.operator, conversation.team_id = operator, team_id
    conversation.save(update_fields=["operator", "team_id"])
    publish(
        ConversationAssigned(
            conversation_id=conversation.pk,
            operator_id=operator_id,
            operator_name=name,
            team_id=team_id,
            by=author_of(actor),
            line=line,
        )
    )
    if former_id is not None and former_id != operator_id == actor.id:
        _tell_former(actor, conversation, former_id)
    return conversation


def _said(
    conversation: Conversation, actor: Actor, operator: Operator | None, team_id: UUID | None
) -> dict[str, Any]:
    """Return what the line says: its code, and the team that now has the conversation without an operator."""
    if operator is not None:
        return {"code": "joined" if operator.pk == actor.id else "assigned"}
    if team_id is None or team_id == conversation.team_id:
        return {"code": "unassigned"}
    return {"code": "assigned", "team": Team.found(team_id=team_id).name}


def _tell_former(actor: Actor, conversation: Conversation, former_id: UUID) -> None:
    """Tell whoever had a conversation that the actor has taken it over."""
    notify(
        by=author_of(actor),
        operator_ids=[former_id],
        conversation_id=conversation.pk,
        kind=Notification.Kind.TAKEN_OVER,
    )
