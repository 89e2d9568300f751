"""Saying what is due by itself in a conversation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction

from conversations.actions.resolve import resolve
from conversations.actions.send_message import send_message
from conversations.automatic_rules import Automatic, Plan, Situation, plan
from conversations.automatic_settings import MAX_STEPS, own_texts, standard_text
from conversations.availability import inbox_state
from conversations.drafts import Draft
from conversations.follow_up import BUSINESS
from conversations.inbox_settings import with_defaults
from conversations.models import Conversation, ConversationTag, Message
from conversations.presence import is_here
from conversations.queue import is_everybody_busy
from conversations.thread import locked
from tenants.clock import now
from tenants.permissions import system_actor
from tenants.scoping import current_tenant_id
from tenants.timers import cancel_timer, set_timer

KIND: Final = "say_automatically"


@transaction.atomic
def say_automatically(*, conversation_id: UUID) -> Plan:
    """Say what is due, end what has been silent for too long, and set when to look again.

    Nothing is said twice: a text's ``client_id`` is made of its name and of what it follows. Who is there is asked
    before anything is locked.
    """
    conversation = _speaking(conversation_id)
    if conversation is None:
        return Plan()
    stored = with_defaults(conversation.inbox.settings)["automatic"]
    rules = Automatic.of(stored)
    since = conversation.waiting_since or _answered_at(conversation, stored)
    if since is None or rules.is_silent:
        return Plan()
    made = plan(rules, _situation(conversation, since=since))
    if made.say is None and not made.ends:
        _look_again(conversation_id, made)
        return made
    actor = system_actor(current_tenant_id(), name=_name(conversation))
    if _state(locked(actor=actor, conversation_id=conversation_id)) != _state(conversation):
        _look_again(conversation_id, Plan(next_at=now()))  # somebody was quicker
        return Plan()
    if made.say is not None:
        text = own_texts(stored, made.say).get(conversation.language)
        draft = Draft(
            text=text or standard_text(made.say, language=conversation.language),
            client_id=_client_id(conversation_id, since, made.say),
        )
        send_message(actor=actor, conversation_id=conversation_id, draft=draft)
    if made.ends:
        resolve(actor=actor, conversation_id=conversation_id)
    _look_again(conversation_id, made)
    return made


def _speaking(conversation_id: UUID) -> Conversation | None:
    return (
        Conversation.objects.select_related("inbox", "team")
        .filter(
            pk=conversation_id,
            status=Conversation.Status.OPEN,
            is_spam=False,
            contact__is_blocked=False,
            inbox__is_enabled=True,
        )
        .first()
    )


def _state(conversation: Conversation) -> tuple[object, ...]:
    return conversation.status, conversation.waiting_since, conversation.last_message_at


def _look_again(conversation_id: UUID, made: Plan) -> None:
    if made.next_at is None:
        cancel_timer(kind=KIND, subject_id=conversation_id)
    else:
        set_timer(kind=KIND, subject_id=conversation_id, due_at=made.next_at)


def _situation(conversation: Conversation, *, since: datetime) -> Situation:
    is_waiting = conversation.waiting_since is not None
    state = inbox_state(inbox_id=conversation.inbox_id) if is_waiting else {}
    return Situation(
        at=now(),
        waiting_since=since if is_waiting else None,
        answered_at=None if is_waiting else since,
        is_anybody_here=bool(state.get("is_open") and state.get("online")),
        is_everybody_busy=is_waiting and is_everybody_busy(team=conversation.team),
        is_contact_here=is_here(tenant_id=current_tenant_id(), kind="contact", owner=conversation.contact_id),
        said=_said(conversation.pk, since),
    )


def _answered_at(conversation: Conversation, stored: Mapping[str, Any]) -> datetime | None:
    """Return since when it is the contact's turn: they have written, and were answered by a person or a program."""
    silence = stored["silence"]
    if not silence["is_on"] or conversation.first_contact_message_at is None:
        return None
    tagged = ConversationTag.objects.filter(conversation=conversation, tag__in=silence["skip_tags"])
    if silence["skip_tags"] and tagged.exists():
        return None
    answers = Message.objects.filter(
        conversation=conversation, kind=Message.Kind.REPLY, author_kind__in=BUSINESS
    )
    return answers.order_by("-operators_position").values_list("created_at", flat=True).first()


def _said(conversation_id: UUID, since: datetime) -> dict[str, datetime]:
    names = ["away", "busy", *(f"waiting_{number}" for number in range(MAX_STEPS)), "ask", "warn", "close"]
    ids = {_client_id(conversation_id, since, name): name for name in names}
    rows = Message.objects.filter(conversation=conversation_id, client_id__in=ids)
    return {ids[client_id]: at for client_id, at in rows.values_list("client_id", "created_at")}


def _client_id(conversation_id: UUID, since: datetime, name: str) -> UUID:
    return uuid5(conversation_id, f"{since.timestamp():.6f} {name}")


def _name(conversation: Conversation) -> str:
    """Return who says it: the title of the widget, else the name of the inbox."""
    inbox = conversation.inbox
    titles = with_defaults(inbox.settings)["title"]
    return str(titles.get(conversation.language) or titles.get(inbox.language) or inbox.name)
