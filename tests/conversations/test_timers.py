"""What becomes due in conversations happens then, once."""

from datetime import timedelta

import pytest

from conversations.actions.change_status import reopen, snooze
from conversations.actions.send_message import send_message
from conversations.models import Conversation, Message
from tenants.clock import now
from tenants.scoping import TenantId, tenant_scope
from tests.background import after, timers
from tests.cast import Cast, a_draft, begin

pytestmark = pytest.mark.django_db


def snoozed(cast: Cast) -> Conversation:
    conversation = begin(cast.vera, "Call me tomorrow")
    with tenant_scope(TenantId(conversation.tenant_id)):
        snooze(actor=cast.alice.actor, conversation_id=conversation.pk, until=now() + timedelta(hours=1))
    return conversation


def status(conversation: Conversation) -> str:
    with tenant_scope(TenantId(conversation.tenant_id)):
        return Conversation.objects.get(pk=conversation.pk).status


def lines(conversation: Conversation) -> list[tuple[str, str]]:
    with tenant_scope(TenantId(conversation.tenant_id)):
        rows = Message.objects.filter(conversation=conversation, kind="event").order_by("operators_position")
        return list(rows.values_list("author_kind", "line__code"))


def test_a_snoozed_conversation_opens_when_its_time_has_come(cast: Cast) -> None:
    conversation = snoozed(cast)

    with after(minutes=59):
        assert status(conversation) == "snoozed"
    with after(minutes=60):
        assert status(conversation) == "open"
    assert lines(conversation) == [("operator", "snoozed"), ("system", "reopened")]
    assert timers() == []


def test_a_conversation_the_contact_opened_is_not_opened_twice(cast: Cast) -> None:
    conversation = snoozed(cast)
    with tenant_scope(TenantId(conversation.tenant_id)):
        send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft("Or today"))

    with after(hours=2):
        assert lines(conversation) == [("operator", "snoozed"), ("contact", "reopened")]


def test_a_snooze_without_a_moment_lasts_until_the_contact_writes(cast: Cast) -> None:
    conversation = begin(cast.vera, "Call me tomorrow")
    with tenant_scope(TenantId(conversation.tenant_id)):
        snooze(actor=cast.alice.actor, conversation_id=conversation.pk, until=None)
    assert timers() == []
    with after(days=400):
        assert status(conversation) == "snoozed"
    with tenant_scope(TenantId(conversation.tenant_id)):
        send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft("Now"))
    assert status(conversation) == "open"


def test_a_longer_snooze_moves_the_opening(cast: Cast) -> None:
    conversation = snoozed(cast)
    with tenant_scope(TenantId(conversation.tenant_id)):
        snooze(actor=cast.alice.actor, conversation_id=conversation.pk, until=now() + timedelta(hours=3))

    with after(hours=2):
        assert status(conversation) == "snoozed"
    with after(hours=3):
        assert status(conversation) == "open"


def test_opening_by_hand_forgets_the_timer(cast: Cast) -> None:
    conversation = snoozed(cast)
    with tenant_scope(TenantId(conversation.tenant_id)):
        reopen(actor=cast.alice.actor, conversation_id=conversation.pk)

    assert timers() == []
