"""Logging in, out, and choosing a new password."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.test import Client

from operators.models import Operator
from tests.cast import Cast
from tests.operators.scenes import PASSWORD, audited, confirmed, logged_in, within

LOGIN = "/accounts/login/"


def log_in(
    client: Client, email: str = "alice@acme.example", password: str = PASSWORD, **more: str
) -> object:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_the_right_password_leads_to_the_inbox_under_a_new_session(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    old_key = session.session_key
    answer = client.post(LOGIN, {"login": "ALICE@acme.example", "password": PASSWORD})
    assert answer["Location"] == "/inbox/"
    assert client.session.session_key != old_key


def test_a_log_in_is_noted_wherever_the_person_works(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    with within(cast.globex):
        Operator.objects.create(user=cast.alice.user, display_name="Alice at Globex")
    log_in(client, password="not it at all")
    assert audited(cast.acme) == []
    log_in(client)
    assert audited(cast.acme) == [("Alice", "operator.logged_in")]
    assert audited(cast.globex) == [("Alice at Globex", "operator.logged_in")]


def test_somebody_without_a_business_is_led_to_a_page_that_says_so(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    with within(cast.acme):
        Operator.objects.filter(pk=cast.alice.pk).update(is_active=False)
    answer = client.post(LOGIN, {"login": "alice@acme.example", "password": PASSWORD})
    assert answer["Location"] == "/businesses/new/"
    assert b"do not work for a business yet" in client.get("/businesses/new/").content


@pytest.mark.parametrize("email", ["alice@acme.example", "nobody@acme.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    cast: Cast, client: Client, email: str
) -> None:
    confirmed(cast.alice.user)
    answer = client.post(LOGIN, {"login": email, "password": "not it at all"})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [
        "The email address and/or password you specified are not correct."
    ]


def test_after_five_failures_even_the_right_password_waits(
    cast: Cast, client: Client, broker: object
) -> None:
    confirmed(cast.alice.user)
    for _ in range(5):
        client.post(LOGIN, {"login": "alice@acme.example", "password": "not it at all"})
    answer = client.post(LOGIN, {"login": "alice@acme.example", "password": PASSWORD})
    assert "Too many failed login attempts" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_after_a_log_in_nobody_is_sent_to_another_site(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    for target in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        answer = client.post(LOGIN, {"login": "alice@acme.example", "password": PASSWORD, "next": target})
        assert answer["Location"] == "/inbox/"
        client.post("/accounts/logout/")


def test_logging_out_takes_a_post(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def reset_link(client: Client, email: str, **headers: str) -> str:
    client.post("/accounts/password/reset/", {"email": email}, headers=headers)
    found = re.search(r"https?://\S+", str(mail.outbox[-1].body))
    assert found is not None
    return found.group()


def test_a_forgotten_password_is_replaced_and_other_sessions_end(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    elsewhere = logged_in(Client(), cast.alice)
    elsewhere.get("/settings/profile/")
    link = reset_link(client, "alice@acme.example")
    page = client.get(link, follow=True)
    answer = client.post(
        page.redirect_chain[-1][0], {"password1": "violet tractor sings", "password2": "violet tractor sings"}
    )
    assert answer["Location"] == "/accounts/password/reset/key/done/"
    assert elsewhere.get("/settings/profile/").status_code == 302
    assert (
        client.post(LOGIN, {"login": "alice@acme.example", "password": "violet tractor sings"}).status_code
        == 302
    )


def test_a_reset_link_works_once(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    link = reset_link(client, "alice@acme.example")
    page = client.get(link, follow=True)
    password = {"password1": "violet tractor sings", "password2": "violet tractor sings"}
    client.post(page.redirect_chain[-1][0], password)
    again = Client().get(link, follow=True)
    assert "This link no longer works" in again.content.decode()


def test_the_link_leads_to_our_own_address_whatever_host_was_asked(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    link = reset_link(client, "alice@acme.example", host="127.0.0.1", x_forwarded_host="evil.example")
    assert link.startswith(f"{settings.PARLEY_ORIGIN}/accounts/password/reset/key/")


def test_a_reset_answers_the_same_for_known_and_unknown_addresses(cast: Cast) -> None:
    confirmed(cast.alice.user)
    answers = [
        Client().post("/accounts/password/reset/", {"email": email})
        for email in ("alice@acme.example", "nobody@acme.example")
    ]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert [message.to for message in mail.outbox] == [["alice@acme.example"], ["nobody@acme.example"]]
    assert "/signup/" in str(mail.outbox[1].body)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    elsewhere = logged_in(Client(), cast.alice)
    elsewhere.get("/settings/profile/")
    log_in(client)
    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "violet tractor sings", "password2": "violet tractor sings"},
    )
    assert answer.status_code == 302
    assert client.get("/settings/profile/").status_code == 200
    assert elsewhere.get("/settings/profile/").status_code == 302
    assert mail.outbox[-1].subject == "Your password was changed"
    assert audited(cast.acme)[-1] == ("Alice", "operator.password_changed")


def test_one_session_is_ended_from_another(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    elsewhere = logged_in(Client(), cast.alice)
    elsewhere.get("/settings/profile/")
    log_in(client)
    other = UserSession.objects.exclude(session_key=client.session.session_key).get()
    assert client.post(f"/settings/security/sessions/{other.pk}/end/").status_code == 302
    assert elsewhere.get("/settings/profile/").status_code == 302
    assert client.get("/settings/profile/").status_code == 200


def test_nobody_ends_somebody_elses_session(cast: Cast, client: Client) -> None:
    mallory = logged_in(Client(), cast.mallory)
    mallory.get("/settings/profile/")
    logged_in(client, cast.alice)
    other = UserSession.objects.get(user=cast.mallory.user)
    assert client.post(f"/settings/security/sessions/{other.pk}/end/").status_code == 404
    assert mallory.get("/settings/profile/").status_code == 200


def test_the_session_list_shows_no_session_key(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    page = client.get("/settings/security/").content.decode()
    assert str(client.session.session_key) not in page
