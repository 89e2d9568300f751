"""Stopping mails: by a button or by one click from the mail program, never by looking."""

import re

import pytest
from django.test import Client

from conversations.models import Contact
from tenants.scoping import TenantId, tenant_scope
from tests.background import after, catch_up, mails
from tests.cast import Cast, Visiting, begin, make_visitor, reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paula(cast: Cast) -> Visiting:
    """A visitor of acme whose address is known."""
    return make_visitor(cast.acme_widget, name="Paula", email="paula@example.com")


@pytest.fixture
def path(cast: Cast, paula: Visiting) -> str:
    """The address that a follow-up's List-Unsubscribe names."""
    conversation = begin(paula, "Hello")
    reply(cast.alice, conversation)
    catch_up(cast.acme)
    with after(minutes=10):
        [mail] = mails(cast.acme)
    return str(re.findall(r"http://localhost:\d+(/\S+)>", mail.headers["List-Unsubscribe"])[0])


def is_unsubscribed(who: Visiting) -> bool:
    with tenant_scope(TenantId(who.actor.tenant_id)):
        return Contact.objects.get(pk=who.contact_id).unsubscribed_at is not None


def test_looking_changes_nothing(paula: Visiting, path: str) -> None:
    page = Client().get(path)

    assert (page.status_code, is_unsubscribed(paula)) == (200, False)
    assert "Stop these mails" in page.content.decode()


def test_one_click_of_the_mail_program_is_enough(paula: Visiting, path: str) -> None:
    page = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})

    assert (page.status_code, is_unsubscribed(paula)) == (200, True)


def test_the_button_stops_and_another_allows_again(paula: Visiting, path: str) -> None:
    client = Client(enforce_csrf_checks=True)

    assert "Allow mails again" in client.post(path, {"stop": "1"}).content.decode()
    assert is_unsubscribed(paula)
    client.post(path, {"again": "1"})
    assert not is_unsubscribed(paula)


def test_no_mail_follows(cast: Cast, paula: Visiting, path: str) -> None:
    Client().post(path)
    conversation = begin(paula, "Another question")
    reply(cast.alice, conversation)
    catch_up(cast.acme)

    with after(hours=1):
        assert len(mails(cast.acme)) == 1


def test_only_the_one_contact_is_meant(cast: Cast, path: str) -> None:
    Client().post(path)

    assert not is_unsubscribed(cast.vera)


def test_a_forged_link_is_nothing(paula: Visiting, path: str) -> None:
    assert Client().post(path[:-2] + "x/").status_code == 404
    assert not is_unsubscribed(paula)
