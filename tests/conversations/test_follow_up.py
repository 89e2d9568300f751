"""An answer that is not seen in time goes on by e-mail, once, and only where it is welcome."""

import re

import pytest

from conversations.actions.label import mark_spam
from conversations.actions.mark_read import mark_read
from conversations.actions.send_message import send_message
from conversations.actions.update_contact import update_contact
from conversations.models import Contact, Conversation, Message
from tenants.clock import now
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.background import after, be_here, catch_up, leave, mails, timers
from tests.cast import Cast, Visiting, a_draft, begin, make_visitor, reply

# Readers see what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paula(cast: Cast) -> Visiting:
    """A visitor of acme whose address is known."""
    return make_visitor(cast.acme_widget, name="Paula", email="paula@example.com")


def asked_and_answered(cast: Cast, who: Visiting, *answers: str) -> Conversation:
    conversation = begin(who, "Where is my order?")
    for answer in answers or ("It left today.",):
        reply(cast.alice, conversation, answer)
    catch_up(cast.acme)
    return conversation


def read_everything(who: Visiting, conversation: Conversation) -> None:
    with tenant_scope(TenantId(conversation.tenant_id)):
        mark_read(actor=who.actor, conversation_id=conversation.pk, position=1000)


def mailed(conversation: Conversation) -> list[str]:
    with tenant_scope(TenantId(conversation.tenant_id)):
        rows = Message.objects.filter(conversation=conversation, mailed_at__isnull=False)
        return list(rows.order_by("contact_position").values_list("text", flat=True))


def said_in(html: str) -> list[tuple[str, str]]:
    """Return direction and alignment of each message in a mail."""
    cells = re.findall(r'<p class="said"([^>]*)>', html)
    return [(re.findall(r'dir="(\w+)"', cell)[0], re.findall(r'align="(\w+)"', cell)[0]) for cell in cells]


def change_contact(who: Visiting, **fields: object) -> None:
    with tenant_scope(who.actor.tenant_id):
        Contact.objects.filter(pk=who.contact_id).update(**fields)


def test_an_unseen_answer_is_mailed_after_ten_minutes(cast: Cast, paula: Visiting) -> None:
    conversation = asked_and_answered(cast, paula)

    with after(minutes=9):
        assert mails(cast.acme) == []
    with after(minutes=10):
        [mail] = mails(cast.acme)

    assert (mail.to, mail.kind, mail.subject) == ("paula@example.com", "follow_up", "Where is my order?")
    assert mail.sender == "Acme <parley@localhost>"
    assert "It left today." in mail.text
    assert "It left today." in mail.html
    assert "\nAlice:\nIt left today.\n" in mail.text
    assert f"/c/{cast.acme_widget.key}?t={paula.contact_id.hex}." in mail.text
    assert "List-Unsubscribe" in mail.headers
    assert mailed(conversation) == ["It left today."]


def test_it_is_mailed_once(cast: Cast, paula: Visiting) -> None:
    asked_and_answered(cast, paula)
    with after(minutes=10):
        catch_up(cast.acme)
    with after(hours=5):
        pass

    assert (len(mails(cast.acme)), timers()) == (1, [])


def test_the_patience_of_the_tenant_counts(cast: Cast, paula: Visiting) -> None:
    Tenant.objects.filter(pk=cast.acme.pk).update(follow_up_minutes=60)
    asked_and_answered(cast, paula)

    with after(minutes=59):
        assert mails(cast.acme) == []
    with after(minutes=60):
        assert len(mails(cast.acme)) == 1


def test_nothing_is_mailed_when_the_tenant_does_not_want_it(cast: Cast, paula: Visiting) -> None:
    Tenant.objects.filter(pk=cast.acme.pk).update(follow_up_enabled=False)
    asked_and_answered(cast, paula)

    with after(hours=1):
        assert (mails(cast.acme), timers()) == ([], [])


def test_nothing_is_mailed_to_a_contact_who_has_seen_it(cast: Cast, paula: Visiting) -> None:
    conversation = asked_and_answered(cast, paula)
    read_everything(paula, conversation)

    with after(hours=1):
        assert (mails(cast.acme), timers()) == ([], [])


def test_nothing_is_mailed_to_a_contact_who_has_written_since(cast: Cast, paula: Visiting) -> None:
    conversation = asked_and_answered(cast, paula)
    with tenant_scope(TenantId(conversation.tenant_id)):
        send_message(actor=paula.actor, conversation_id=conversation.pk, draft=a_draft("Thanks"))

    with after(hours=1):
        assert mails(cast.acme) == []


def test_nothing_is_mailed_while_the_contact_is_here(cast: Cast, paula: Visiting) -> None:
    asked_and_answered(cast, paula)
    be_here(tenant=cast.acme, contact_id=paula.contact_id)

    with after(minutes=10):
        assert (mails(cast.acme), timers()) == ([], ["follow_up"])


def test_who_leaves_without_looking_is_mailed_then(cast: Cast, paula: Visiting) -> None:
    asked_and_answered(cast, paula)
    be_here(tenant=cast.acme, contact_id=paula.contact_id)
    with after(minutes=10):
        leave(tenant=cast.acme, contact_id=paula.contact_id)
    with after(minutes=20):
        assert len(mails(cast.acme)) == 1


@pytest.mark.parametrize(
    "fields",
    [{"email": ""}, {"unsubscribed_at": now()}, {"is_blocked": True}],
    ids=lambda fields: str(*fields),
)
def test_nothing_is_mailed_where_it_is_not_welcome(
    cast: Cast, paula: Visiting, fields: dict[str, object]
) -> None:
    asked_and_answered(cast, paula)
    change_contact(paula, **fields)

    with after(hours=1):
        assert (mails(cast.acme), timers()) == ([], [])


def test_spam_is_not_answered_by_mail(cast: Cast, paula: Visiting) -> None:
    conversation = asked_and_answered(cast, paula)
    with tenant_scope(TenantId(conversation.tenant_id)):
        mark_spam(actor=cast.alice.actor, conversation_id=conversation.pk, is_spam=True)

    with after(hours=1):
        assert mails(cast.acme) == []


def test_a_note_is_never_mailed(cast: Cast, paula: Visiting) -> None:
    conversation = begin(paula, "Hello")
    with tenant_scope(TenantId(conversation.tenant_id)):
        send_message(
            actor=cast.alice.actor, conversation_id=conversation.pk, draft=a_draft("A liar", kind="note")
        )
    reply(cast.alice, conversation, "Good morning")
    catch_up(cast.acme)

    with after(minutes=10):
        [mail] = mails(cast.acme)
    assert "A liar" not in mail.text + mail.html


def test_an_address_that_becomes_known_later_is_used(cast: Cast) -> None:
    conversation = asked_and_answered(cast, cast.vera)
    with after(minutes=10):
        assert mails(cast.acme) == []
    with tenant_scope(cast.vera.actor.tenant_id):
        update_contact(actor=cast.vera.actor, contact_id=cast.vera.contact_id, email="vera@example.com")
    catch_up(cast.acme)

    with after(minutes=10):
        assert [mail.to for mail in mails(cast.acme)] == ["vera@example.com"]
    assert mailed(conversation) == ["It left today."]


def test_a_mail_holds_at_most_ten_messages_and_the_rest_follows_a_quarter_of_an_hour_later(
    cast: Cast, paula: Visiting
) -> None:
    conversation = asked_and_answered(cast, paula, *(f"Answer {number}." for number in range(1, 13)))

    with after(minutes=10):
        assert mailed(conversation) == [f"Answer {number}." for number in range(1, 11)]
    with after(minutes=24):
        assert len(mails(cast.acme)) == 1
    with after(minutes=26):
        first, second = mails(cast.acme)
    assert mailed(conversation) == [f"Answer {number}." for number in range(1, 13)]
    assert ("Answer 10." in first.text, "Answer 11." in first.text) == (True, False)
    assert ("Answer 10." in second.text, "Answer 11." in second.text) == (False, True)


def test_the_next_mail_of_a_thread_keeps_its_subject_and_names_the_earlier_ones(
    cast: Cast, paula: Visiting
) -> None:
    conversation = asked_and_answered(cast, paula)
    with after(minutes=10):
        reply(cast.alice, conversation, "And here is the number.")
        catch_up(cast.acme)
    with after(minutes=40):
        reply(cast.alice, conversation, "Has it come?")
        catch_up(cast.acme)
    with after(minutes=80):
        first, second, third = mails(cast.acme)

    assert first.subject == second.subject == third.subject == "Where is my order?"
    assert "References" not in first.headers
    assert second.headers["In-Reply-To"] == second.headers["References"] == first.message_id
    assert third.headers["In-Reply-To"] == second.message_id
    assert third.headers["References"] == f"{first.message_id} {second.message_id}"


def test_a_new_answer_soon_after_a_mail_waits_for_the_distance(cast: Cast, paula: Visiting) -> None:
    conversation = asked_and_answered(cast, paula)
    with after(minutes=10):
        reply(cast.alice, conversation, "One more thing.")
        catch_up(cast.acme)

    with after(minutes=21):
        assert len(mails(cast.acme)) == 1
    with after(minutes=26):
        assert len(mails(cast.acme)) == 2


def test_an_answer_given_while_the_last_look_ran_is_looked_at_again(cast: Cast, paula: Visiting) -> None:
    conversation = asked_and_answered(cast, paula)
    with after(minutes=5):
        read_everything(paula, conversation)
        reply(cast.alice, conversation, "Anything else?")
        catch_up(cast.acme)

    with after(minutes=12):
        assert (mails(cast.acme), timers()) == ([], ["follow_up"])
    with after(minutes=16):
        assert mailed(conversation) == ["Anything else?"]


def test_the_mail_is_in_the_language_of_the_conversation(cast: Cast, paula: Visiting) -> None:
    conversation = begin(paula, "سفارش من کجاست؟")
    with tenant_scope(TenantId(conversation.tenant_id)):
        Conversation.objects.filter(pk=conversation.pk).update(language="fa")
    reply(cast.alice, conversation, "امروز فرستاده شد.")
    reply(cast.alice, conversation, "Track: https://example.com/1")
    catch_up(cast.acme)

    with after(minutes=10):
        [mail] = mails(cast.acme)
    assert (mail.language, mail.subject) == ("fa", "سفارش من کجاست؟")
    assert '<html lang="fa" dir="rtl"' in mail.html
    assert said_in(mail.html) == [("rtl", "right"), ("ltr", "left")]


def test_what_an_operator_writes_is_text_and_never_markup(cast: Cast, paula: Visiting) -> None:
    asked_and_answered(cast, paula, "<img src=x onerror=alert(1)>\nLine two")

    with after(minutes=10):
        [mail] = mails(cast.acme)
    assert "&lt;img src=x onerror=alert(1)&gt;<br>Line two" in mail.html
    assert "<img src=x onerror=alert(1)>\nLine two" in mail.text


def test_other_tenants_get_no_mail(cast: Cast, paula: Visiting) -> None:
    asked_and_answered(cast, paula)
    with after(minutes=10):
        assert mails(cast.globex) == []
