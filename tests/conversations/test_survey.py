"""A survey by mail: once per resolution, only where it is welcome, and answered by POST alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from conversations.actions.change_status import reopen
from conversations.actions.label import mark_spam
from conversations.actions.rate import rate
from conversations.models import Contact, Conversation, Rating
from tenants.clock import now
from tenants.models import EventRecord, OutgoingMail, Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.background import after, be_here, catch_up, mails, timers
from tests.cast import Cast, Visiting, begin, close, make_visitor, reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paula(cast: Cast) -> Visiting:
    """A visitor of acme whose address is known."""
    return make_visitor(cast.acme_widget, name="Paula", email="paula@example.com")


def closed(cast: Cast, who: Visiting) -> Conversation:
    """A conversation that was answered, seen and closed."""
    conversation = begin(who, "Where is my order?")
    reply(cast.alice, conversation, "It left today.")
    with tenant_scope(TenantId(conversation.tenant_id)):
        Conversation.objects.filter(pk=conversation.pk).update(contact_read_position=100)
    close(cast.alice, conversation)
    catch_up(cast.acme)
    return conversation


def surveys(cast: Cast) -> list[OutgoingMail]:
    return [mail for mail in mails(cast.acme) if mail.kind == "csat_mail"]


def link_in(mail: OutgoingMail) -> str:
    """Return the path of the survey's page."""
    return str(re.findall(r"http://localhost:\d+(/rate/\S+/)", mail.text)[0])


def asked(cast: Cast, who: Visiting) -> tuple[Conversation, str]:
    conversation = closed(cast, who)
    with after(minutes=10):
        [mail] = surveys(cast)
    return conversation, link_in(mail)


def rating_of(conversation: Conversation) -> Rating:
    with tenant_scope(TenantId(conversation.tenant_id)):
        return Rating.objects.get(conversation_id=conversation.pk)


def rated_events(conversation: Conversation) -> int:
    with tenant_scope(TenantId(conversation.tenant_id)):
        return EventRecord.objects.filter(type="conversation.rated").count()


def test_who_is_away_is_asked_ten_minutes_after_the_close(cast: Cast, paula: Visiting) -> None:
    conversation = closed(cast, paula)

    with after(minutes=9):
        assert surveys(cast) == []
    with after(minutes=10):
        [mail] = surveys(cast)
    assert (mail.to, mail.language) == ("paula@example.com", "en")
    assert rating_of(conversation).asked_by == "email"
    assert mail.html.count("?score=") == 5


def test_who_is_there_is_asked_in_the_widget_alone(cast: Cast, paula: Visiting) -> None:
    be_here(tenant=cast.acme, contact_id=paula.contact_id)
    conversation = closed(cast, paula)

    with after(hours=1):
        assert (surveys(cast), timers()) == ([], [])
    assert rating_of(conversation).asked_by == "widget"


def test_who_has_answered_in_the_widget_is_not_asked(cast: Cast, paula: Visiting) -> None:
    conversation = closed(cast, paula)
    with tenant_scope(TenantId(conversation.tenant_id)):
        rate(actor=paula.actor, conversation_id=conversation.pk, score=5)

    with after(hours=1):
        assert surveys(cast) == []


def test_who_came_back_is_not_asked_by_mail(cast: Cast, paula: Visiting) -> None:
    closed(cast, paula)
    be_here(tenant=cast.acme, contact_id=paula.contact_id)

    with after(minutes=10):
        assert surveys(cast) == []


def test_a_conversation_without_an_answer_is_not_asked_about(cast: Cast, paula: Visiting) -> None:
    conversation = begin(paula, "Hello?")
    close(cast.alice, conversation)
    catch_up(cast.acme)

    with after(hours=1):
        assert (surveys(cast), timers()) == ([], [])


def test_spam_is_not_asked_about(cast: Cast, paula: Visiting) -> None:
    conversation = closed(cast, paula)
    with tenant_scope(TenantId(conversation.tenant_id)):
        mark_spam(actor=cast.alice.actor, conversation_id=conversation.pk, is_spam=True)

    with after(hours=1):
        assert surveys(cast) == []


def test_a_conversation_that_was_opened_again_is_not_asked_about(cast: Cast, paula: Visiting) -> None:
    conversation = closed(cast, paula)
    with tenant_scope(TenantId(conversation.tenant_id)):
        reopen(actor=cast.alice.actor, conversation_id=conversation.pk)

    with after(hours=1):
        assert surveys(cast) == []


@pytest.mark.parametrize(
    "fields",
    [{"email": ""}, {"unsubscribed_at": now()}, {"is_blocked": True}],
    ids=lambda fields: str(*fields),
)
def test_nobody_is_asked_where_it_is_not_welcome(
    cast: Cast, paula: Visiting, fields: dict[str, object]
) -> None:
    closed(cast, paula)
    with tenant_scope(TenantId(cast.acme.pk)):
        Contact.objects.filter(pk=paula.contact_id).update(**fields)

    with after(hours=1):
        assert surveys(cast) == []


def test_a_tenant_that_does_not_ask_does_not_ask(cast: Cast, paula: Visiting) -> None:
    Tenant.objects.filter(pk=cast.acme.pk).update(csat_enabled=False)
    closed(cast, paula)

    with after(hours=1):
        assert (surveys(cast), timers()) == ([], [])


def test_the_same_contact_is_not_asked_again_within_a_week(cast: Cast, paula: Visiting) -> None:
    closed(cast, paula)
    with after(minutes=10):
        closed(cast, paula)
    with after(minutes=30):
        assert len(surveys(cast)) == 1
    with after(days=7, minutes=10):
        closed(cast, paula)
    with after(days=7, minutes=30):
        assert len(surveys(cast)) == 2


def test_looking_at_the_page_changes_nothing(cast: Cast, paula: Visiting) -> None:
    conversation, path = asked(cast, paula)

    page = Client().get(f"{path}?score=5")

    assert (page.status_code, rating_of(conversation).score, rated_events(conversation)) == (200, None, 0)
    assert re.findall(r'value="(\d)" required checked', page.content.decode()) == ["5"]
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store, private", "no-referrer")


def test_a_score_and_a_comment_are_written_down(cast: Cast, paula: Visiting) -> None:
    conversation, path = asked(cast, paula)

    page = Client().post(path, {"score": "4", "comment": "Quick!"})

    assert page.status_code == 200
    assert (rating_of(conversation).score, rating_of(conversation).comment) == (4, "Quick!")
    assert "Thank you" in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_a_comment_may_follow_the_score(cast: Cast, paula: Visiting) -> None:
    conversation, path = asked(cast, paula)
    client = Client()

    page = client.post(path, {"score": "2"})
    client.post(path, {"score": "2", "comment": "Too slow."})

    assert "Add the comment" in page.content.decode()
    assert (rating_of(conversation).score, rating_of(conversation).comment) == (2, "Too slow.")
    assert rated_events(conversation) == 2


def test_a_comment_locks_the_answer(cast: Cast, paula: Visiting) -> None:
    conversation, path = asked(cast, paula)
    client = Client()
    client.post(path, {"score": "1", "comment": "Bad."})

    page = client.post(path, {"score": "5", "comment": "Good."})

    assert (page.status_code, rating_of(conversation).score) == (200, 1)


def test_a_page_without_a_face_chosen_says_so(cast: Cast, paula: Visiting) -> None:
    conversation, path = asked(cast, paula)

    page = Client().post(path, {"comment": "Hm"})

    assert (page.status_code, rating_of(conversation).score) == (400, None)
    assert "Choose a score from 1 to 5." in page.content.decode()
    assert ">Hm</textarea>" in page.content.decode()


def test_the_page_closes_after_fourteen_days(cast: Cast, paula: Visiting) -> None:
    conversation, path = asked(cast, paula)
    with tenant_scope(TenantId(cast.acme.pk)):
        Rating.objects.filter(conversation_id=conversation.pk).update(expires_at=now() - timedelta(seconds=1))

    page = Client().post(path, {"score": "4"})

    assert (page.status_code, rating_of(conversation).score) == (410, None)
    assert rating_of(conversation).asked_at + timedelta(days=14) > now()


def test_the_page_of_an_earlier_resolution_is_closed(cast: Cast, paula: Visiting) -> None:
    conversation, path = asked(cast, paula)
    with tenant_scope(TenantId(conversation.tenant_id)):
        reopen(actor=cast.alice.actor, conversation_id=conversation.pk)
    close(cast.alice, conversation)

    assert Client().get(path).status_code == 410


@pytest.mark.parametrize(
    "change", [lambda path: path[:-3] + "0/", lambda path: "/rate/x/", lambda path: "/rate/x.y.z.a/"]
)
def test_a_forged_link_is_nothing(cast: Cast, paula: Visiting, change: object) -> None:
    _conversation, path = asked(cast, paula)
    assert callable(change)

    assert Client().get(change(path)).status_code == 404


def test_the_page_speaks_the_language_of_the_conversation(cast: Cast, paula: Visiting) -> None:
    conversation, path = asked(cast, paula)
    with tenant_scope(TenantId(conversation.tenant_id)):
        Conversation.objects.filter(pk=conversation.pk).update(language="ar")

    page = Client().get(path).content.decode()

    assert '<html lang="ar" dir="rtl"' in page
