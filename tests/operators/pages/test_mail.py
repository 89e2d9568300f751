"""The page of mails that did not get through."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tenants.mail import queue_mail
from tenants.models import OutgoingMail, Tenant, Timer
from tests.cast import Cast
from tests.operators.scenes import audited, logged_in, nothing_changes, within

URL = "/settings/mail/"


def a_mail(tenant: Tenant, *, to: str = "carol@example.com", **fields: object) -> UUID:
    with within(tenant):
        mail = queue_mail(to=to, template="invitation", language="en")
        OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
        if fields.get("state") in {"failed", "unknown", "sent"}:
            Timer.objects.filter(subject_id=mail.pk).delete()
    return mail.pk


def state_of(tenant: Tenant, mail_id: UUID) -> tuple[str, bool]:
    """Return the state, and whether an attempt is planned."""
    with within(tenant):
        return OutgoingMail.objects.get(pk=mail_id).state, Timer.objects.filter(subject_id=mail_id).exists()


def test_troubled_mails_are_listed_with_the_reason_and_no_others(cast: Cast, client: Client) -> None:
    a_mail(cast.acme, state="failed", last_error="550 no such user", attempts=3)
    a_mail(cast.acme, to="dan@example.com", attempts=1, last_error="451 later")
    a_mail(cast.acme, to="fine@example.com")
    a_mail(cast.acme, to="sent@example.com", state="sent")
    a_mail(cast.globex, to="theirs@example.com", state="failed")
    page = logged_in(client, cast.bob).get(URL)
    assert [mail.to for mail, _kind in page.context["rows"]] == ["dan@example.com", "carol@example.com"]
    text = page.content.decode()
    assert "550 no such user" in text
    assert "3 attempts" in text
    assert text.count("next attempt") == 1


def test_with_nothing_in_trouble_the_page_says_so(cast: Cast, client: Client) -> None:
    assert "Every mail got through" in logged_in(client, cast.bob).get(URL).content.decode()


@pytest.mark.parametrize("fields", [{"state": "failed"}, {"state": "unknown"}, {"attempts": 2}])
def test_a_troubled_mail_is_sent_again(cast: Cast, client: Client, fields: dict[str, Any]) -> None:
    mail_id = a_mail(cast.acme, **fields)
    answer = logged_in(client, cast.bob).post(f"{URL}{mail_id}/retry/", follow=True)
    assert "The mail is sent again within seconds." in answer.content.decode()
    assert state_of(cast.acme, mail_id) == ("queued", True)
    assert audited(cast.acme) == [("Bob", "mail.retried")]


@pytest.mark.parametrize("fields", [{"state": "failed"}, {"state": "unknown"}, {"attempts": 2}])
def test_a_mail_that_was_given_up_is_never_tried_again(
    cast: Cast, client: Client, fields: dict[str, Any]
) -> None:
    mail_id = a_mail(cast.acme, **fields)
    answer = logged_in(client, cast.bob).post(f"{URL}{mail_id}/give-up/", follow=True)
    assert answer.context["rows"] == []
    assert state_of(cast.acme, mail_id) == ("dropped", False)
    assert audited(cast.acme) == [("Bob", "mail.given_up")]


@pytest.mark.parametrize("verb", ["retry", "give-up"])
def test_a_mail_that_was_sent_in_the_meantime_is_left_alone(cast: Cast, client: Client, verb: str) -> None:
    mail_id = a_mail(cast.acme, state="sent")
    logged_in(client, cast.bob)
    with nothing_changes(cast.acme):
        answer = client.post(f"{URL}{mail_id}/{verb}/", follow=True)
    assert "in the meantime" in answer.content.decode()


@pytest.mark.parametrize("verb", ["retry", "give-up"])
def test_nobody_settles_mails_of_another_tenant_or_without_the_right(
    cast: Cast, client: Client, verb: str
) -> None:
    own, theirs = a_mail(cast.acme, state="failed"), a_mail(cast.globex, state="failed")
    with nothing_changes(cast.acme), nothing_changes(cast.globex):
        assert logged_in(client, cast.bob).post(f"{URL}{theirs}/{verb}/").status_code == 404
        assert logged_in(client, cast.alice).post(f"{URL}{own}/{verb}/").status_code == 403
