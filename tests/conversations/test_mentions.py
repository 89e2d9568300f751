"""Whoever is mentioned in a note is told: in the inbox at once, by mail when they do not look."""

import pytest

from conversations.actions.notify import read_notification, read_notifications
from conversations.actions.send_message import send_message
from conversations.drafts import Draft
from conversations.models import Conversation, Message, Notification
from operators.actions.manage_teams import create_team
from operators.models import Operator, Team
from tenants.errors import BadRequest, NotFound, PermissionDenied, TooLarge
from tenants.ids import uuid7
from tenants.models import EventRecord
from tenants.scoping import tenant_scope
from tests.background import after, catch_up, mails, operator_here
from tests.cast import Cast, begin, make_operator

# Readers see what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


def note(
    cast: Cast, conversation: Conversation, *mentioned: Operator | Team, text: str = "Look at this"
) -> None:
    """Let Bob write a note that mentions people and teams, and let it be read from the log."""
    draft = Draft(text=text, client_id=uuid7(), kind="note", mention_ids=[one.pk for one in mentioned])
    with tenant_scope(cast.acme.pk):
        send_message(actor=cast.bob.actor, conversation_id=conversation.pk, draft=draft)
    catch_up(cast.acme)


def told(cast: Cast) -> list[tuple[str, str, str, bool]]:
    """Who was told what by whom, and whether they have read it."""
    with tenant_scope(cast.acme.pk):
        rows = Notification.objects.select_related("operator", "message").order_by(
            "operator__display_name", "pk"
        )
        return [
            (one.operator.display_name, one.by_name, one.message.text, one.read_at is not None)
            for one in rows
        ]


def test_who_is_mentioned_is_told_and_the_note_says_whom(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    note(cast, conversation, cast.alice, text="@Alice look at this")

    assert told(cast) == [("Alice", "Bob", "@Alice look at this", False)]
    alice = {"kind": "operator", "id": str(cast.alice.pk), "name": "Alice"}
    with tenant_scope(cast.acme.pk):
        assert Message.objects.get(kind="note").mentions == [alice]
        assert EventRecord.objects.get(type="note.created").payload["message"]["mentions"] == [alice]


def test_a_note_without_mentions_tells_nobody(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    note(cast, conversation)

    assert told(cast) == []
    with tenant_scope(cast.acme.pk):
        assert "mentions" not in EventRecord.objects.get(type="note.created").payload["message"]


def test_a_team_means_everybody_in_it_but_the_author_and_who_left_each_once(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    carol = make_operator(cast.acme, name="Carol")
    gone = make_operator(cast.acme, name="Dora")
    with tenant_scope(cast.acme.pk):
        members = [cast.alice.pk, cast.bob.pk, carol.pk, gone.pk]
        team = create_team(actor=cast.bob.actor, name="Billing", member_ids=members)
        Operator.objects.filter(pk=gone.pk).update(is_active=False)
    note(cast, conversation, team, cast.alice, text="@Billing")

    assert [name for name, *_ in told(cast)] == ["Alice", "Carol"]


@pytest.mark.parametrize("whose", ["another tenant's", "nobody's"])
def test_who_is_not_there_cannot_be_mentioned(cast: Cast, whose: str) -> None:
    conversation = begin(cast.vera, "Hello")
    unknown = {"another tenant's": cast.mallory.pk, "nobody's": uuid7()}[whose]
    draft = Draft(text="Psst", client_id=uuid7(), kind="note", mention_ids=[cast.alice.pk, unknown])
    with tenant_scope(cast.acme.pk):
        with pytest.raises(BadRequest) as refused:
            send_message(actor=cast.bob.actor, conversation_id=conversation.pk, draft=draft)
        assert Message.objects.filter(kind="note").count() == 0
    assert list(refused.value.errors) == ["mentions"]


def test_a_reply_mentions_nobody_and_a_note_not_everybody(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    reply = Draft(text="Hi @Alice", client_id=uuid7(), mention_ids=[cast.alice.pk])
    many = Draft(text="All", client_id=uuid7(), kind="note", mention_ids=[uuid7() for _ in range(21)])
    with tenant_scope(cast.acme.pk):
        with pytest.raises(BadRequest):
            send_message(actor=cast.bob.actor, conversation_id=conversation.pk, draft=reply)
        with pytest.raises(TooLarge):
            send_message(actor=cast.bob.actor, conversation_id=conversation.pk, draft=many)
        assert Message.objects.count() == 1


def test_the_same_note_sent_again_tells_nobody_again(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    draft = Draft(text="@Alice", client_id=uuid7(), kind="note", mention_ids=[cast.alice.pk])
    for _ in range(2):
        with tenant_scope(cast.acme.pk):
            send_message(actor=cast.bob.actor, conversation_id=conversation.pk, draft=draft)
        catch_up(cast.acme)

    assert len(told(cast)) == 1


def test_one_reads_one_s_own_notifications_and_no_others(cast: Cast) -> None:
    first, second = begin(cast.vera, "Hello"), begin(cast.vera, "Me again")
    note(cast, first, cast.alice, text="One")
    note(cast, first, cast.alice, text="Two")
    note(cast, second, cast.alice, text="Three")
    with tenant_scope(cast.acme.pk):
        one = Notification.objects.get(message__text="One")
        with pytest.raises(NotFound):
            read_notification(actor=cast.bob.actor, notification_id=one.pk)
        with pytest.raises(PermissionDenied):
            read_notifications(actor=cast.vera.actor)
        assert read_notifications(actor=cast.bob.actor) == 0
        assert Notification.objects.filter(read_at=None).count() == 3

        assert read_notification(actor=cast.alice.actor, notification_id=one.pk).read_at is not None
        assert read_notifications(actor=cast.alice.actor, conversation_id=first.pk) == 1
        assert read_notifications(actor=cast.alice.actor) == 0
    with tenant_scope(cast.globex.pk), pytest.raises(NotFound):
        read_notifications(actor=cast.mallory.actor, conversation_id=first.pk)


def test_what_was_not_read_is_mailed_once_to_who_is_not_here(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    note(cast, conversation, cast.alice, text="@Alice first")
    note(cast, conversation, cast.alice, text="@Alice second")
    with after(minutes=9):
        assert mails(cast.acme) == []
    with after(minutes=11):
        (mail,) = mails(cast.acme)
    assert (mail.to, mail.kind) == ("alice@acme.example", "notification")
    assert mail.subject == "Bob mentioned you in the conversation with Vera."
    assert "@Alice first" in mail.text
    assert "@Alice second" in mail.text
    assert f"/inbox/{conversation.pk}/?view=all#m" in mail.text
    with after(minutes=30):
        assert len(mails(cast.acme)) == 1


def test_what_was_read_is_not_mailed(cast: Cast) -> None:
    note(cast, begin(cast.vera, "Hello"), cast.alice)
    with tenant_scope(cast.acme.pk):
        read_notifications(actor=cast.alice.actor)
    with after(minutes=11):
        assert mails(cast.acme) == []


def test_who_is_here_gets_no_mail_and_who_wants_none_neither(cast: Cast) -> None:
    operator_here(cast.alice)
    with tenant_scope(cast.acme.pk):
        carol = make_operator(cast.acme, name="Carol")
        Operator.objects.filter(pk=carol.pk).update(notifications={"mentions": False})
    note(cast, begin(cast.vera, "Hello"), cast.alice, carol)
    with after(minutes=11):
        assert mails(cast.acme) == []


@pytest.mark.parametrize(("language", "way"), [("lt", "ltr"), ("ar", "rtl"), ("fa", "rtl")])
def test_the_mail_is_in_the_language_of_who_reads_it(cast: Cast, language: str, way: str) -> None:
    cast.alice.user.language = language
    cast.alice.user.save()
    note(cast, begin(cast.vera, "Hello"), cast.alice)
    with after(minutes=11):
        (mail,) = mails(cast.acme)
    assert mail.language == language
    assert f'dir="{way}"' in mail.html
    assert "mentioned you" not in mail.subject
