"""Closing a conversation, and asking how it went."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.events import ConversationResolved
from conversations.models import Conversation, ConversationTag, Rating
from conversations.present import author_of
from conversations.thread import add_line, locked
from operators.models import Team
from tenants.clock import now
from tenants.errors import BadRequest
from tenants.events import publish
from tenants.models import Tenant
from tenants.permissions import Actor, ActorKind, Permission, require
from tenants.scoping import current_tenant_id

# A survey may be answered for this long.
RATING_OPEN: Final = timedelta(days=14)


@transaction.atomic
def resolve(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Close a conversation; a contact may end their own. Nothing happens when it is closed already.

    A survey is asked once per resolution, only when an operator replied and it is no spam.

    Raises:
        PermissionDenied: the actor may not change conversations.
        NotFound: no such conversation.
        BadRequest: its team asks for a tag, and it has none. Contacts and automation are never asked.
    """
    require(actor, Permission.WRITE_MESSAGES if actor.is_contact else Permission.WRITE_CONVERSATIONS)
    conversation = locked(actor=actor, conversation_id=conversation_id)
    if conversation.status == Conversation.Status.RESOLVED:
        return conversation
    if actor.kind in (ActorKind.OPERATOR, ActorKind.API_KEY) and _lacks_tag(conversation):
        raise BadRequest(errors={"tags": [_("Choose a tag before you resolve this.")]})
    code = "ended" if actor.is_contact else "resolved"
    line = add_line(conversation=conversation, actor=actor, code=code, is_public=True)
    # One moment for the line and the row: clients take it from the line.
    moment = datetime.fromisoformat(line["created_at"])
    conversation.status = Conversation.Status.RESOLVED
    conversation.resolved_at = moment
    conversation.resolution_count += 1
    conversation.waiting_since = None
    conversation.snoozed_until = None
    conversation.last_activity_at = moment
    conversation.save(
        update_fields=[
            "status", "resolved_at", "resolution_count", "waiting_since", "snoozed_until", "last_activity_at",
        ]
    )  # fmt: skip
    can_rate = _ask_for_rating(conversation)
    publish(
        ConversationResolved(
            conversation_id=conversation.pk,
            resolution=conversation.resolution_count,
            can_rate=can_rate,
            by=author_of(actor),
            line=line,
        )
    )
    return conversation


def _lacks_tag(conversation: Conversation) -> bool:
    if conversation.team_id is None:
        return False
    asks = Team.objects.filter(pk=conversation.team_id, requires_tag=True).exists()
    return asks and not ConversationTag.objects.filter(conversation=conversation).exists()


def _ask_for_rating(conversation: Conversation) -> bool:
    if conversation.is_spam or conversation.first_reply_at is None:
        return False
    if not Tenant.objects.values_list("csat_enabled", flat=True).get(pk=current_tenant_id()):
        return False
    Rating.objects.create(
        tenant_id=current_tenant_id(),
        conversation=conversation,
        resolution=conversation.resolution_count,
        operator_id=conversation.operator_id,
        asked_at=now(),
        expires_at=now() + RATING_OPEN,
    )
    return True
