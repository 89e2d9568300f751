"""Who may open which page: every page, every role, and strangers."""

import pytest
from django.test import Client
from django.urls import get_resolver

from tenants.permissions import Role
from tests.cast import Cast, make_operator
from tests.operators.scenes import logged_in

EVERYBODY = set(Role)
ADMINS = {Role.OWNER, Role.ADMIN}
MANAGERS = ADMINS | {Role.MANAGER}

PAGES = {
    "/start/": ADMINS,
    "/start/status/": ADMINS,
    "/settings/general/": ADMINS,
    "/settings/follow-up/": ADMINS,
    "/settings/mail/": ADMINS,
    "/settings/inboxes/": ADMINS,
    "/settings/inboxes/new/": ADMINS,
    "/settings/people/": EVERYBODY,
    "/settings/teams/": EVERYBODY,
    "/settings/teams/new/": ADMINS,
    "/settings/blocks/": set(Role) - {Role.VIEWER},
    "/settings/canned-replies/": MANAGERS,
    "/settings/canned-replies/new/": MANAGERS,
    "/settings/macros/": MANAGERS,
    "/settings/macros/new/": MANAGERS,
    "/settings/articles/": MANAGERS,
    "/settings/articles/new/": MANAGERS,
    "/settings/articles/categories/": MANAGERS,
    "/settings/tags/": MANAGERS,
    "/settings/api-keys/": ADMINS,
    "/settings/audit/": ADMINS,
    "/settings/audit/export/": ADMINS,
    "/settings/profile/": EVERYBODY,
    "/settings/security/": EVERYBODY,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_pages_and_no_others(cast: Cast, client: Client, role: Role) -> None:
    logged_in(client, make_operator(cast.acme, name="Someone", role=role))
    statuses = {page: client.get(page).status_code for page in PAGES}
    assert statuses == {page: 200 if role in allowed else 403 for page, allowed in PAGES.items()}


@pytest.mark.parametrize("role", list(Role))
def test_the_pages_of_an_inbox_are_for_admins(cast: Cast, client: Client, role: Role) -> None:
    logged_in(client, make_operator(cast.acme, name="Someone", role=role))
    inbox = f"/settings/inboxes/{cast.acme_widget.pk}/"
    expected = 200 if role in ADMINS else 403
    assert {client.get(f"{inbox}{page}").status_code for page in ("", "automatic/", "identity/")} == {
        expected
    }


def test_the_pages_of_another_business_are_not_there(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    inbox = f"/settings/inboxes/{cast.globex_widget.pk}/"
    assert {client.get(f"{inbox}{page}").status_code for page in ("", "automatic/", "identity/")} == {404}


@pytest.mark.parametrize("page", list(PAGES))
def test_a_stranger_is_sent_to_the_log_in(cast: Cast, client: Client, page: str) -> None:
    answer = client.get(page)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={page}")


@pytest.mark.parametrize("role", list(Role))
def test_the_navigation_offers_only_what_opens(cast: Cast, client: Client, role: Role) -> None:
    logged_in(client, make_operator(cast.acme, name="Someone", role=role))
    page = client.get("/settings/profile/")
    offered = [entry.url for _title, entries in page.context["settings_navigation"] for entry in entries]
    assert {client.get(url).status_code for url in offered} == {200}


def test_settings_lead_to_the_first_page_one_may_open(cast: Cast, client: Client) -> None:
    assert logged_in(client, cast.bob).get("/settings/")["Location"] == "/settings/general/"
    assert logged_in(client, cast.alice).get("/settings/")["Location"] == "/settings/people/"


def test_what_a_person_sees_is_kept_by_no_cache(cast: Cast, client: Client) -> None:
    assert "no-store" in logged_in(client, cast.alice).get("/settings/profile/")["Cache-Control"]


def test_no_page_of_ours_allows_inline_script_or_framing(cast: Cast, client: Client) -> None:
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_form_without_its_token_gets_a_page_of_ours(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "This form was open for too long" in answer.content.decode()


def test_changes_are_never_made_by_following_a_link(cast: Cast, client: Client) -> None:
    """Every address that changes something at once refuses GET."""
    logged_in(client, cast.bob)
    alice = cast.alice.pk
    for path in (
        "/availability/",
        "/switch/",
        "/language/",
        "/settings/people/invite/",
        f"/settings/people/{alice}/role/",
        f"/settings/people/{alice}/deactivate/",
        f"/settings/people/{alice}/reactivate/",
        "/settings/security/sessions/end/",
        f"/settings/mail/{alice}/retry/",
        f"/settings/mail/{alice}/give-up/",
    ):
        assert client.get(path).status_code == 405


def test_django_allauth_offers_no_page_we_did_not_choose() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert "account_request_login_code" not in names
    assert "account_confirm_email" not in names
