"""A browser becomes a visitor, and comes back as the same one."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from conversations.links import LINK_SECONDS, contact_link
from conversations.models import Contact, VisitorSession
from conversations.visitors import find_visitor
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, make_inbox, make_visitor
from tests.conversations.inboxes.widget.asking import change, fresh, open_session


def link_token(cast: Cast) -> str:
    return contact_link(inbox=cast.acme_widget, contact_id=cast.vera.contact_id).partition("?t=")[2]


def contacts(cast: Cast) -> int:
    with tenant_scope(TenantId(cast.acme.pk)):
        return Contact.objects.count()


def test_a_stranger_becomes_a_contact_with_a_token(cast: Cast, client: Client) -> None:
    session = open_session(client, cast.acme_widget, language="fa").json()
    visitor = find_visitor(token=session["token"]).actor
    assert (str(visitor.id), visitor.inbox_id, visitor.language) == (
        session["contact"]["id"],
        cast.acme_widget.pk,
        "fa",
    )
    assert contacts(cast) == 2


def test_the_secrets_are_kept_as_hashes_only(cast: Cast, client: Client) -> None:
    session = open_session(client, cast.acme_widget).json()
    with tenant_scope(TenantId(cast.acme.pk)):
        stored = VisitorSession.objects.values().latest("created_at")
    assert session["token"] not in str(stored)
    assert session["handle"] not in str(stored)


def test_who_comes_back_is_the_same_contact_under_a_new_handle(cast: Cast, client: Client) -> None:
    first = open_session(client, cast.acme_widget).json()
    second = open_session(client, cast.acme_widget, handle=first["handle"]).json()
    assert second["contact"]["id"] == first["contact"]["id"]
    assert second["handle"] != first["handle"]
    assert second["token"] != first["token"]


def test_an_exchanged_handle_works_for_another_week_because_the_answer_may_be_lost(
    cast: Cast, client: Client
) -> None:
    first = open_session(client, cast.acme_widget).json()
    open_session(client, cast.acme_widget, handle=first["handle"])
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        again = open_session(client, cast.acme_widget, handle=first["handle"]).json()
    assert again["contact"]["id"] == first["contact"]["id"]
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        late = open_session(client, cast.acme_widget, handle=first["handle"]).json()
    assert late["contact"]["id"] != first["contact"]["id"]


@pytest.mark.parametrize("handle", ["never-given-out", "x" * 5000, "\x00"])
def test_an_unknown_handle_makes_a_new_contact_without_a_word(
    cast: Cast, client: Client, handle: str
) -> None:
    response = open_session(client, cast.acme_widget, handle=handle)
    assert response.status_code == 200
    assert response.json()["contact"]["id"] != str(cast.vera.contact_id)


def test_a_handle_is_good_for_its_own_inbox_alone(cast: Cast, client: Client) -> None:
    first = open_session(client, cast.acme_widget).json()
    elsewhere = [make_inbox(cast.acme, name="Shop two"), cast.globex_widget]
    found = {
        open_session(client, inbox, handle=first["handle"]).json()["contact"]["id"] for inbox in elsewhere
    }
    assert first["contact"]["id"] not in found


def test_a_signed_link_opens_a_session_of_its_contact(cast: Cast, client: Client) -> None:
    session = open_session(client, cast.acme_widget, link=link_token(cast)).json()
    assert session["contact"] == {"id": str(cast.vera.contact_id), "name": "Vera", "email": ""}


def test_a_link_expires_after_thirty_days(cast: Cast, client: Client) -> None:
    token = link_token(cast)
    with time_machine.travel(timezone.now() + timedelta(seconds=LINK_SECONDS + 1)):
        response = open_session(client, cast.acme_widget, link=token)
    assert (response.status_code, response.json()["code"]) == (410, "expired")


def test_a_link_that_was_tampered_with_or_is_another_inboxs_opens_nothing(cast: Cast, client: Client) -> None:
    token = link_token(cast)
    other = make_visitor(cast.acme_widget, name="Wanda")
    forged = [
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        other.contact_id.hex + token[32:],
        "nonsense",
        "." * 9,
    ]
    found = [open_session(client, cast.acme_widget, link=link).status_code for link in forged]
    assert [*found, open_session(client, cast.globex_widget, link=token).status_code] == [404] * 5
    assert contacts(cast) == 2


def test_only_our_own_origin_may_ask(cast: Cast, client: Client) -> None:
    response = open_session(client, cast.acme_widget, origin="https://evil.example")
    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")
    assert contacts(cast) == 1


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://shop.example/tea", 200),
        ("https://www.acme.example/", 200),
        ("https://acme.example/", 403),
        ("https://evil.example/?shop.example", 403),
        ("https://shop.example.evil.example/", 403),
        ("https://shop.example@evil.example/", 403),
    ],
)
def test_a_page_that_is_not_allowed_gets_no_session(
    cast: Cast, client: Client, url: str, status: int
) -> None:
    change(cast.acme_widget, allowed_domains=["shop.example", "*.acme.example"])
    assert open_session(client, cast.acme_widget, page={"url": url}).status_code == status


def test_a_blocked_contact_gets_no_session(cast: Cast, client: Client) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        Contact.objects.filter(pk=cast.vera.contact_id).update(is_blocked=True)
    assert open_session(client, cast.acme_widget, link=link_token(cast)).status_code == 403


def test_the_page_is_kept_cut_to_size_and_noted_for_the_checklist(cast: Cast, client: Client) -> None:
    page = {"url": "https://shop.example/" + "a" * 5000, "title": "Tea\x00" + "b" * 900, "referrer": 7}
    open_session(client, cast.acme_widget, page=page)
    with tenant_scope(TenantId(cast.acme.pk)):
        stored = VisitorSession.objects.latest("created_at")
    assert (len(stored.page_url), len(stored.page_title), stored.referrer) == (2000, 300, "")
    assert fresh(cast.acme_widget).snippet_seen_host == "shop.example"


def test_of_addresses_no_secret_is_kept(cast: Cast, client: Client) -> None:
    page = {
        "url": "https://shop.example/cart?token=secret&utm_campaign=may#secret",
        "title": "Cart",
        "referrer": "https://me:secret@search.example/find?q=secret",
    }
    open_session(client, cast.acme_widget, page=page)
    with tenant_scope(TenantId(cast.acme.pk)):
        stored = VisitorSession.objects.latest("created_at")
    assert (stored.page_url, stored.referrer) == (
        "https://shop.example/cart?utm_campaign=may",
        "https://search.example/find",
    )


@pytest.mark.parametrize("body", ["[]", "no json", "x" * 20_000])
def test_a_body_that_is_no_object_is_refused(cast: Cast, client: Client, body: str) -> None:
    response = client.post(f"/widget/{cast.acme_widget.key}/session", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")


def test_strangers_from_one_address_are_slowed_down(cast: Cast, client: Client) -> None:
    codes = [open_session(client, cast.acme_widget).status_code for _ in range(61)]
    assert codes == [200] * 60 + [429]
