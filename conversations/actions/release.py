"""Somebody left: what they were answering goes back to the queue."""

from uuid import UUID

from django.db import transaction

from conversations.actions.assign import assign
from conversations.models import Conversation
from tenants.permissions import Actor, Permission, require


@transaction.atomic
def release_conversations(*, actor: Actor, operator_id: UUID) -> int:
    """Hand every unresolved conversation of an operator back to the queue of its team. Returns how many.

    Raises PermissionDenied.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    held = Conversation.objects.filter(operator_id=operator_id).exclude(status=Conversation.Status.RESOLVED)
    rows = list(held.order_by("pk").values_list("pk", "team_id"))
    for conversation_id, team_id in rows:
        assign(actor=actor, conversation_id=conversation_id, operator_id=None, team_id=team_id)
    return len(rows)
