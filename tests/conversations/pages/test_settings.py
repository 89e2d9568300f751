"""The settings pages about conversations, and the checklist."""

from typing import Any

import pytest
from django.test import Client

from conversations.models import CannedReply, Inbox, Tag
from conversations.pages.settings.inbox_form import host_name
from tenants.clock import now
from tests.cast import Cast, begin, reply
from tests.operators.scenes import audited, logged_in, nothing_changes, within

INBOX: dict[str, Any] = {
    "name": "Shop",
    "is_enabled": "on",
    "colour": "#AA3300",
    "side": "start",
    "language": "fa",
    "languages": ["en", "fa"],
    "allowed_domains": "https://Shop.example/cart\n*.münchen.example\nlocalhost:3000\nshop.example",
    "ask_identity": "required",
    "help_mode": "help_first",
    "title_fa": "فروشگاه",
    "greeting_en": "Hello!",
    "announcement_fa": "خبر",
    "links_en": "Delivery times https://shop.example/delivery\r\n\r\n  Tea   http://shop.example/ ",
    "hours_mode": "tenant",
}


def inbox_of(cast: Cast) -> Inbox:
    with within(cast.acme):
        return Inbox.objects.get(pk=cast.acme_widget.pk)


def test_an_inbox_is_set_up(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    address = f"/settings/inboxes/{cast.acme_widget.pk}/"
    assert client.post(address, INBOX)["Location"] == address
    inbox = inbox_of(cast)
    assert (inbox.name, inbox.language, inbox.is_enabled) == ("Shop", "fa", True)
    assert inbox.allowed_domains == ["shop.example", "*.xn--mnchen-3ya.example", "localhost:3000"]
    assert inbox.settings == {
        "colour": "#aa3300",
        "side": "start",
        "ask_identity": "required",
        "show_when_offline": False,
        "offline_form": False,
        "ask_language": False,
        "help_mode": "help_first",
        "languages": ["en", "fa"],
        "title": {"fa": "فروشگاه"},
        "greetings": {"en": "Hello!"},
        "announcement": {"fa": "خبر"},
        "links": {
            "en": [
                {"title": "Delivery times", "url": "https://shop.example/delivery"},
                {"title": "Tea", "url": "http://shop.example/"},
            ]
        },
        "business_hours": None,
    }
    assert audited(cast.acme) == [("Bob", "inbox.changed")]


def test_an_inbox_may_have_hours_of_its_own(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    address = f"/settings/inboxes/{cast.acme_widget.pk}/"
    hours = {"hours_mode": "weekly", "tue_start": ["10:00"], "tue_end": ["16:00"]}
    client.post(address, {**INBOX, **hours})
    assert inbox_of(cast).settings["business_hours"] == {
        "time_zone": None,
        "always": False,
        "weekly": {"tue": [["10:00", "16:00"]]},
        "holidays": [],
    }
    assert client.get(address).context["editor"].mode == "weekly"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"colour": "red"}, "colour"),
        ({"languages": ["en"]}, "languages"),
        ({"languages": []}, "languages"),
        ({"allowed_domains": "not a site!"}, "allowed_domains"),
        ({"ask_identity": "perhaps"}, "ask_identity"),
        ({"greeting_en": "x" * 501}, "greeting_en"),
        ({"announcement_lt": "x" * 501}, "announcement_lt"),
        ({"links_fa": "چای javascript:alert(1)"}, "links_fa"),
        ({"links_en": "https://shop.example/"}, "links_en"),
        ({"links_en": "Tea shop.example"}, "links_en"),
        ({"links_en": "Tea https://bank.example@evil.example/"}, "links_en"),
        ({"links_en": "x" * 61 + " https://shop.example/"}, "links_en"),
        ({"links_en": "Tea https://shop.example/\n" * 6}, "links_en"),
    ],
)
def test_what_is_wrong_with_an_inbox_is_said_at_its_field(
    cast: Cast, client: Client, changes: dict[str, Any], field: str
) -> None:
    logged_in(client, cast.bob)
    before = inbox_of(cast)
    with nothing_changes(cast.acme):
        page = client.post(f"/settings/inboxes/{cast.acme_widget.pk}/", {**INBOX, **changes})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert inbox_of(cast).settings == before.settings


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://www.Example.com/path?x=1", "www.example.com"),
        ("example.com:8443", "example.com:8443"),
        ("*.example.com", "*.example.com"),
        ("پارسی.example", "xn--mgbug11aqn.example"),
    ],
)
def test_a_pasted_address_becomes_its_host_name(text: str, host: str) -> None:
    assert host_name(text) == host


def test_an_inbox_is_made_and_shows_its_line(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    answer = client.post("/settings/inboxes/new/", {"name": "Second site", "language": "en"})
    page = client.get(answer["Location"])
    with within(cast.acme):
        inbox = Inbox.objects.get(name="Second site")
    assert f"/widget.js?inbox={inbox.key}" in page.content.decode()
    assert f"/c/{inbox.key}" in page.content.decode()


def test_another_tenants_inbox_does_not_exist(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    address = f"/settings/inboxes/{cast.globex_widget.pk}/"
    with nothing_changes(cast.globex):
        assert client.get(address).status_code == 404
        assert client.post(address, INBOX).status_code == 404


def test_an_operator_sets_no_inbox_up(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    with nothing_changes(cast.acme):
        assert client.post(f"/settings/inboxes/{cast.acme_widget.pk}/", INBOX).status_code == 403


def test_a_canned_reply_is_made_changed_and_removed(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    form = {"shortcut": "/Hours", "title": "Opening hours", "text": "We are open from 9 to 5.", "team": ""}
    assert client.post("/settings/canned-replies/new/", form).status_code == 302
    with within(cast.acme):
        made = CannedReply.objects.get()
    assert (made.shortcut, made.text) == ("hours", "We are open from 9 to 5.")
    page = client.post("/settings/canned-replies/new/", form)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["shortcut"])
    client.post(f"/settings/canned-replies/{made.pk}/", {**form, "text": "Nine to five."})
    with within(cast.acme):
        assert CannedReply.objects.get().text == "Nine to five."
    client.post(f"/settings/canned-replies/{made.pk}/delete/")
    with within(cast.acme):
        assert CannedReply.objects.count() == 0


def test_a_refused_canned_reply_keeps_its_text(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    form = {"shortcut": "two words", "title": "x", "text": "A long answer that took time."}
    page = client.post("/settings/canned-replies/new/", form)
    assert list(page.context["form"].errors) == ["shortcut"]
    assert "A long answer that took time." in page.content.decode()


def test_a_tag_is_made_changed_and_removed(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    client.post("/settings/tags/", {"name": "Returns", "colour": "#112233"})
    with within(cast.acme):
        tag = Tag.objects.get()
    page = client.post("/settings/tags/", {"name": "Returns", "colour": "#112233"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["name"])
    client.post(f"/settings/tags/{tag.pk}/", {"name": "Refunds", "colour": "#445566"})
    with within(cast.acme):
        assert Tag.objects.values_list("name", "colour").get() == ("Refunds", "#445566")
    client.post(f"/settings/tags/{tag.pk}/delete/")
    assert audited(cast.acme) == [("Bob", "tag.created"), ("Bob", "tag.changed"), ("Bob", "tag.removed")]


def test_another_tenants_tags_and_replies_do_not_exist(cast: Cast, client: Client) -> None:
    with within(cast.globex):
        tag = Tag.objects.create(name="Theirs")
        canned = CannedReply.objects.create(shortcut="theirs", title="Theirs", text="x")
    logged_in(client, cast.bob)
    for path in (f"/settings/tags/{tag.pk}/", f"/settings/canned-replies/{canned.pk}/"):
        assert client.get(path).status_code == 404
        assert client.post(f"{path}delete/").status_code == 404
    with within(cast.globex):
        assert (Tag.objects.count(), CannedReply.objects.count()) == (1, 1)


def steps(client: Client) -> dict[str, bool]:
    answer: dict[str, Any] = client.get("/start/status/").json()
    return dict(answer["steps"])


def test_the_checklist_follows_what_happens(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    assert steps(client) == {"install": False, "hello": False, "answer": False, "invite": True}
    with within(cast.acme):
        Inbox.objects.update(snippet_seen_at=now(), snippet_seen_host="shop.example")
    conversation = begin(cast.vera, "Hello?")
    assert steps(client) == {"install": True, "hello": True, "answer": False, "invite": True}
    reply(cast.alice, conversation)
    assert steps(client) == {"install": True, "hello": True, "answer": True, "invite": True}
    assert client.get("/start/status/").json()["seen_host"] == "shop.example"


def test_another_tenants_conversations_do_not_count(cast: Cast, client: Client) -> None:
    begin(cast.vera, "Hello?")
    with within(cast.globex):
        cast.mallory.role = "owner"
        cast.mallory.save()
    assert steps(logged_in(client, cast.mallory)) == {
        "install": False,
        "hello": False,
        "answer": False,
        "invite": False,
    }
