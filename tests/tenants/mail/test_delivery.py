"""Every mail reaches the server once, or somebody can see that it did not."""

from datetime import timedelta

import pytest

from tenants.clock import happening_at, now
from tenants.mail import queue_mail
from tenants.mail.delivery import LEASE, PAUSES, send_due
from tenants.models import OutgoingMail, Timer
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast
from tests.mail_server import MailServer

# Each step is a transaction of its own, which the rest of the world sees.
pytestmark = pytest.mark.django_db(transaction=True)


def queue(
    cast: Cast, *, to: str = "carol@example.com", language: str = "en", tenant: str = "Acme"
) -> OutgoingMail:
    with tenant_scope(TenantId(cast.acme.pk)):
        return queue_mail(
            to=to,
            template="invitation",
            language=language,
            context={"tenant_name": tenant, "inviter": "Bob", "link": "http://localhost/i/1"},
            from_name=tenant,
            reply_to="help@example.com",
        )


def again(mail: OutgoingMail) -> OutgoingMail:
    with tenant_scope(TenantId(mail.tenant_id)):
        return OutgoingMail.objects.get(pk=mail.pk)


def due_in(mail: OutgoingMail) -> timedelta:
    return Timer.objects.get(kind="mail", subject_id=mail.pk).due_at - now()


def test_a_mail_arrives_whole(cast: Cast, post: MailServer) -> None:
    mail = queue(cast, tenant='Žalia, "upė"')

    assert send_due() == 1

    [message] = post.accepted
    assert post.envelopes == [("parley@localhost", ["carol@example.com"])]
    assert message["Message-ID"] == mail.message_id
    assert message["To"] == "carol@example.com"
    assert message["From"].addresses[0].display_name == 'Žalia, "upė"'
    assert message["Reply-To"] == "help@example.com"
    assert message["Subject"] == 'Bob invites you to answer for Žalia, "upė"'
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n") == mail.text
    assert html.get_content().replace("\r\n", "\n").strip() == mail.html.strip()


def test_a_sent_mail_is_not_sent_again(cast: Cast, post: MailServer) -> None:
    mail = queue(cast)

    assert (send_due(), send_due()) == (1, 0)

    assert len(post.accepted) == 1
    assert (again(mail).state, again(mail).attempts, Timer.objects.count()) == ("sent", 1, 0)
    assert again(mail).sent_at is not None


def test_several_mails_of_several_languages_use_one_connection(cast: Cast, post: MailServer) -> None:
    for language in ("en", "fa", "ar", "lt"):
        queue(cast, language=language)

    assert send_due() == 4
    assert [message["Content-Language"] for message in post.accepted] == ["en", "fa", "ar", "lt"]


def test_a_temporary_refusal_is_tried_again_after_a_pause(cast: Cast, post: MailServer) -> None:
    post.answers = ["451 greylisted"]
    mail = queue(cast)

    assert send_due() == 0

    assert (again(mail).state, again(mail).attempts, again(mail).last_error) == (
        "queued",
        1,
        "451 greylisted",
    )
    assert PAUSES[0] - timedelta(seconds=2) < due_in(mail) <= PAUSES[0]
    assert send_due() == 0
    with happening_at(now() + PAUSES[0]):
        assert send_due() == 1
    assert (again(mail).state, again(mail).attempts, len(post.accepted)) == ("sent", 2, 1)


def test_a_final_refusal_is_not_tried_again(cast: Cast, post: MailServer) -> None:
    post.answers = ["554 spam"]
    mail = queue(cast)
    send_due()

    assert (again(mail).state, again(mail).last_error, Timer.objects.count()) == ("failed", "554 spam", 0)
    assert post.accepted == []


def test_a_mailbox_that_does_not_exist_stops_only_its_own_mail(cast: Cast, post: MailServer) -> None:
    post.refused_recipients = {"gone@example.com"}
    lost = queue(cast, to="gone@example.com")
    queue(cast)

    assert send_due() == 1
    assert (again(lost).state, again(lost).last_error) == ("failed", "550 no such mailbox")
    assert [message["To"] for message in post.accepted] == ["carol@example.com"]


def test_a_server_that_is_away_costs_one_attempt_of_one_mail(cast: Cast, settings: object) -> None:
    first, second = queue(cast), queue(cast)

    assert send_due() == 0  # nothing listens on the port the tests' settings name

    assert [again(mail).state for mail in (first, second)] == ["queued", "queued"]
    assert sorted(again(mail).attempts for mail in (first, second)) == [0, 1]


def test_a_mail_fails_for_good_after_its_last_attempt(cast: Cast, post: MailServer) -> None:
    mail = queue(cast)
    post.answers = ["451 later"] * (len(PAUSES) + 1)
    moment = now()
    for pause in (*PAUSES, timedelta()):
        with happening_at(moment):
            send_due()
        moment += pause

    assert (again(mail).state, again(mail).attempts, Timer.objects.count()) == ("failed", len(PAUSES) + 1, 0)


def test_a_connection_that_breaks_after_the_content_is_a_doubt_tried_once_more(
    cast: Cast, post: MailServer
) -> None:
    post.answers = ["hang up", "hang up"]
    mail = queue(cast)
    send_due()
    assert (again(mail).state, again(mail).doubts) == ("queued", 1)

    with happening_at(now() + PAUSES[0]):
        send_due()

    assert (again(mail).state, again(mail).doubts, Timer.objects.count()) == ("unknown", 2, 0)


def test_a_leased_mail_is_left_alone_until_the_lease_ends(cast: Cast, post: MailServer) -> None:
    mail = queue(cast)
    Timer.objects.filter(subject_id=mail.pk).update(due_at=now() + LEASE)

    assert send_due() == 0
    with happening_at(now() + LEASE):
        assert send_due() == 1


def test_a_mail_whose_worker_died_while_sending_is_tried_once_more_under_its_message_id(
    cast: Cast, post: MailServer
) -> None:
    mail = queue(cast)
    with tenant_scope(TenantId(cast.acme.pk)):
        OutgoingMail.objects.filter(pk=mail.pk).update(state="sending", attempts=1)

    assert send_due() == 1
    assert [message["Message-ID"] for message in post.accepted] == [mail.message_id]
    assert (again(mail).state, again(mail).doubts) == ("sent", 1)


def test_a_mail_whose_worker_died_twice_while_sending_is_left_for_a_person(
    cast: Cast, post: MailServer
) -> None:
    mail = queue(cast)
    with tenant_scope(TenantId(cast.acme.pk)):
        OutgoingMail.objects.filter(pk=mail.pk).update(state="sending", attempts=2, doubts=1)

    assert send_due() == 0
    assert post.accepted == []
    assert (again(mail).state, Timer.objects.count()) == ("unknown", 0)
