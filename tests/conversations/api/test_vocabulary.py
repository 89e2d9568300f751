"""Tags, canned replies and inboxes over the API."""

from typing import Any

import pytest

from tenants.models import AuditEntry
from tenants.scoping import TenantId, tenant_scope
from tests.api import as_operator, with_key
from tests.cast import Cast, begin


def audited(cast: Cast) -> list[tuple[str, str]]:
    with tenant_scope(TenantId(cast.acme.pk)):
        return list(AuditEntry.objects.order_by("created_at", "pk").values_list("action", "actor_name"))


def test_a_tag_is_made_renamed_and_taken_off_every_conversation(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    conversation = begin(cast.vera, "Hello")
    tag = bob.post("tags", {"name": " Late  parcel ", "colour": "#AA0000"}).json()
    assert (tag["name"], tag["colour"]) == ("Late parcel", "#aa0000")
    bob.put(f"conversations/{conversation.pk}/tags", {"tags": ["Late parcel"]})
    assert bob.patch(f"tags/{tag['id']}", {"name": "Late"}).json() == tag | {"name": "Late"}
    assert [one["name"] for one in bob.get(f"conversations/{conversation.pk}").json()["tags"]] == ["Late"]
    assert bob.delete(f"tags/{tag['id']}").status_code == 204
    assert bob.get(f"conversations/{conversation.pk}").json()["tags"] == []
    assert audited(cast) == [("tag.created", "Bob"), ("tag.changed", "Bob"), ("tag.removed", "Bob")]


def test_a_name_that_is_taken_is_a_conflict_but_only_within_a_tenant(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    assert [bob.post("tags", {"name": "late"}).status_code for _ in range(2)] == [201, 409]
    assert with_key(cast.globex).post("tags", {"name": "late"}).status_code == 201
    other = bob.post("tags", {"name": "early"}).json()
    assert bob.patch(f"tags/{other['id']}", {"name": "late"}).status_code == 409
    assert [tag["name"] for tag in bob.get("tags").json()["results"]] == ["early", "late"]


def test_canned_replies_are_found_by_the_beginning_of_their_shortcut(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    for shortcut, title in (
        ("/Shipping", "Where a parcel is"),
        ("refund", "Money back"),
        ("ship-late", "Late"),
    ):
        assert (
            bob.post("canned-replies", {"shortcut": shortcut, "title": title, "text": "..."}).status_code
            == 201
        )
    alice = as_operator(cast.alice)

    def found(words: str) -> list[str]:
        return [reply["shortcut"] for reply in alice.get("canned-replies", q=words).json()["results"]]

    assert found("/ship") == ["ship-late", "shipping"]
    assert found("money") == ["refund"]
    assert found("hipp") == []


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"shortcut": "two words", "title": "T", "text": "x"}, ["shortcut"]),
        (
            {"shortcut": "a", "title": "T", "text": "x", "team_id": "01a20c4e-8f00-7000-8000-00000000000a"},
            ["team_id"],
        ),
        ({"shortcut": "/", "title": "T", "text": "x"}, ["shortcut"]),
        ({"shortcut": "a", "title": "T"}, ["text"]),
    ],
)
def test_a_canned_reply_needs_a_shortcut_without_spaces(
    cast: Cast, body: dict[str, str], fields: list[str]
) -> None:
    answer = as_operator(cast.bob).post("canned-replies", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, fields)


def test_an_inbox_is_made_with_its_defaults_and_changed_in_part(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    made = bob.post("inboxes", {"name": "Shop", "language": "fa", "allowed_domains": ["Shop.Example"]})
    assert made.status_code == 201, made.content
    inbox = made.json()
    assert (inbox["allowed_domains"], inbox["settings"]["colour"]) == (["shop.example"], "#0f766e")
    changed = bob.patch(
        f"inboxes/{inbox['id']}", {"settings": {"side": "start", "greetings": {"fa": "سلام"}}}
    )
    assert changed.json()["settings"] == inbox["settings"] | {"side": "start", "greetings": {"fa": "سلام"}}
    assert bob.get(f"inboxes/{inbox['id']}").json() == changed.json()
    assert audited(cast) == [("inbox.created", "Bob"), ("inbox.changed", "Bob"), ("inbox.changed", "Bob")]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"settings": {"colour": "red"}}, "settings.colour"),
        ({"settings": {"side": "left"}}, "settings.side"),
        ({"settings": {"greetings": {"de": "Hallo"}}}, "settings.greetings"),
        ({"settings": {"business_hours": {"weekly": {"mon": [["9", "25:00"]]}}}}, "settings.business_hours"),
        ({"settings": {"ask_language": 1}}, "settings.ask_language"),
        ({"settings": {"secret": "x"}}, "settings.secret"),
        ({"allowed_domains": ["https://shop.example/"]}, "allowed_domains"),
        ({"language": "de"}, "language"),
    ],
)
def test_a_setting_that_is_not_valid_is_refused_by_its_name(
    cast: Cast, body: dict[str, Any], field: str
) -> None:
    bob = as_operator(cast.bob)
    place = f"inboxes/{cast.acme_widget.pk}"
    before = bob.get(place).json()
    answer = bob.patch(place, {"name": "Renamed"} | body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert bob.get(place).json() == before
