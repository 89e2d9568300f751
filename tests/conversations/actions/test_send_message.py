"""The one way a message enters a conversation."""

import pytest

from conversations.actions.send_message import send_message
from conversations.models import Conversation, Message
from tenants.errors import BadRequest, Conflict, NotFound, PermissionDenied, TooLarge
from tenants.ids import uuid7
from tenants.models import EventRecord
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, a_draft, begin, close, make_visitor, reply

pytestmark = pytest.mark.django_db


def events(conversation: Conversation) -> list[tuple[str, int | None, int | None]]:
    rows = EventRecord.objects.filter(conversation_id=conversation.pk).order_by("operators_position")
    return list(rows.values_list("type", "operators_position", "contact_position"))


def test_a_message_takes_the_next_position_of_both_audiences(cast: Cast) -> None:
    conversation = begin(cast.vera, "Where is my order?", "It is late.")

    with tenant_scope(conversation.tenant_id):
        assert events(conversation) == [
            ("conversation.created", 1, 1),
            ("message.created", 2, 2),
            ("message.created", 3, 3),
        ]


def test_a_note_leaves_no_hole_in_the_contacts_positions(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation, "Hi")
    with tenant_scope(conversation.tenant_id):
        send_message(
            actor=cast.alice.actor, conversation_id=conversation.pk, draft=a_draft("VIP", kind="note")
        )
    reply(cast.alice, conversation, "How can I help?")

    with tenant_scope(conversation.tenant_id):
        assert events(conversation) == [
            ("conversation.created", 1, 1),
            ("message.created", 2, 2),
            ("conversation.assigned", 3, 3),
            ("message.created", 4, 4),
            ("note.created", 5, None),
            ("message.created", 6, 5),
        ]


def test_the_same_client_id_again_returns_the_same_message(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    draft = a_draft("Once")
    with tenant_scope(conversation.tenant_id):
        first = send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=draft)
        second = send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=draft)

        assert (first.is_new, second.is_new) == (True, False)
        assert second.message == first.message
        assert Message.objects.filter(text="Once").count() == 1
        assert len(events(conversation)) == 3


def test_the_same_client_id_with_another_text_is_refused(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    key = uuid7()
    with tenant_scope(conversation.tenant_id):
        send_message(
            actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft("One", client_id=key)
        )
        with pytest.raises(Conflict):
            send_message(
                actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft("Two", client_id=key)
            )

        assert len(events(conversation)) == 3


def test_the_list_columns_follow_the_thread(cast: Cast) -> None:
    conversation = begin(cast.vera, "One", "Two\nlines")
    with tenant_scope(conversation.tenant_id):
        row = Conversation.objects.get(pk=conversation.pk)
        assert (row.unread_count, row.message_count, row.last_message_text) == (2, 2, "Two lines")
        assert row.waiting_since == row.first_contact_message_at
        assert (row.first_reply_at, row.operator_id) == (None, None)

    reply(cast.alice, conversation, "Hi")
    with tenant_scope(conversation.tenant_id):
        row.refresh_from_db()
        assert (row.unread_count, row.contact_unread_count, row.waiting_since) == (0, 1, None)
        assert row.first_reply_at is not None
        assert row.operator_id == cast.alice.pk


def test_a_contact_who_writes_opens_a_resolved_conversation_again(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation)
    close(cast.alice, conversation)
    with tenant_scope(conversation.tenant_id):
        send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft("One more thing"))

        conversation.refresh_from_db()
        assert (conversation.status, conversation.resolved_at) == ("open", None)
        assert [kind for kind, _, _ in events(conversation)][-3:] == [
            "conversation.resolved",
            "conversation.reopened",
            "message.created",
        ]


def test_a_contact_cannot_write_into_anothers_conversation(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    other = make_visitor(cast.acme_widget, name="Otto")
    with tenant_scope(conversation.tenant_id):
        with pytest.raises(NotFound):
            send_message(actor=other.actor, conversation_id=conversation.pk, draft=a_draft())

        assert len(events(conversation)) == 2


def test_another_tenants_conversation_is_not_there(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.globex.pk)), pytest.raises(NotFound):
        send_message(actor=cast.mallory.actor, conversation_id=conversation.pk, draft=a_draft())

    with tenant_scope(conversation.tenant_id):
        assert len(events(conversation)) == 2


def test_a_contact_cannot_write_a_note(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(conversation.tenant_id):
        with pytest.raises(PermissionDenied):
            send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft(kind="note"))

        assert len(events(conversation)) == 2


@pytest.mark.parametrize(
    ("text", "error"),
    [("", BadRequest), (" \n\u0000", BadRequest), ("x" * 10_001, TooLarge)],
    ids=["empty", "blank", "long"],
)
def test_what_cannot_be_a_message_is_refused(cast: Cast, text: str, error: type[Exception]) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(conversation.tenant_id):
        with pytest.raises(error):
            send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft(text))

        assert len(events(conversation)) == 2
