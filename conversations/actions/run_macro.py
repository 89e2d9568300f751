"""Doing what a macro says to a conversation, all of it or nothing."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction

from conversations.actions.assign import assign
from conversations.actions.change_status import mark_pending, reopen, snooze
from conversations.actions.label import set_priority, set_tags
from conversations.actions.resolve import resolve
from conversations.actions.send_message import send_message
from conversations.drafts import Draft
from conversations.models import Conversation, Macro, Tag
from conversations.thread import locked
from tenants.clock import now
from tenants.errors import NotFound
from tenants.permissions import Actor, ActorKind, Permission, require


@transaction.atomic
def run_macro(
    *,
    actor: Actor,
    conversation_id: UUID,
    macro_id: UUID,
    client_id: UUID,
    reply: str | None = None,
    note: str | None = None,
) -> Conversation:
    """Do what a macro says, in the order that ``Macro`` tells. Whoever it would assign and has left is left out.

    ``reply`` and ``note`` are said instead of the macro's own, as whoever runs it changed them or filled them in; an
    empty one is not said. The same ``client_id`` again says nothing twice.

    Raises PermissionDenied, NotFound (macro or conversation), and what the actions raise that it consists of.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    macro = Macro.objects.filter(pk=macro_id).first()
    if macro is None:
        raise NotFound()
    conversation = locked(actor=actor, conversation_id=conversation_id)
    if text := macro.note if note is None else note:
        _say(actor, conversation_id, text, kind="note", client_id=uuid5(client_id, "note"))
    if macro.tags:
        has = Tag.objects.filter(links__conversation=conversation).values_list("name", flat=True)
        set_tags(actor=actor, conversation_id=conversation_id, names=sorted({*has, *macro.tags}))
    if macro.priority:
        set_priority(actor=actor, conversation_id=conversation_id, priority=macro.priority)
    _assign(actor, conversation, macro)
    if text := macro.reply if reply is None else reply:
        _say(actor, conversation_id, text, kind="reply", client_id=uuid5(client_id, "reply"))
    _move(actor, conversation_id, macro)
    conversation.refresh_from_db()
    return conversation


def _say(actor: Actor, conversation_id: UUID, text: str, *, kind: str, client_id: UUID) -> None:
    draft = Draft(text=text, kind="note" if kind == "note" else "reply", client_id=client_id)
    send_message(actor=actor, conversation_id=conversation_id, draft=draft)


def _assign(actor: Actor, conversation: Conversation, macro: Macro) -> None:
    to_operator, to_team = macro.to_operator, macro.to_team_id
    operator_id, team_id = conversation.operator_id, conversation.team_id
    match macro.assigns:
        case Macro.Assigns.ME if actor.kind is ActorKind.OPERATOR:
            operator_id = actor.id
        case Macro.Assigns.NOBODY:
            operator_id = None
        case Macro.Assigns.OPERATOR if to_operator is not None and to_operator.is_active:
            operator_id = to_operator.pk
        case Macro.Assigns.TEAM if to_team is not None:
            operator_id, team_id = None, to_team
    assign(actor=actor, conversation_id=conversation.pk, operator_id=operator_id, team_id=team_id)


def _move(actor: Actor, conversation_id: UUID, macro: Macro) -> None:
    match macro.status:
        case Conversation.Status.OPEN:
            reopen(actor=actor, conversation_id=conversation_id)
        case Conversation.Status.PENDING:
            mark_pending(actor=actor, conversation_id=conversation_id)
        case Conversation.Status.SNOOZED:
            until = now() + timedelta(hours=macro.snooze_hours)
            snooze(actor=actor, conversation_id=conversation_id, until=until)
        case Conversation.Status.RESOLVED:
            resolve(actor=actor, conversation_id=conversation_id)
