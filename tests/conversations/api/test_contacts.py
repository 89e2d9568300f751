"""Contacts over the API."""

from typing import Any

import pytest

from conversations.models import VisitorSession
from tenants.scoping import TenantId, tenant_scope
from tests.api import as_operator, with_key
from tests.cast import Cast, begin, make_visitor


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [contact["name"] for contact in answer.json()["results"]]


def test_a_contact_is_made_found_and_changed(cast: Cast) -> None:
    api = with_key(cast.acme)
    made = api.post(
        "contacts",
        {
            "name": "Žydrūnė",
            "email": "Zydrune@shop.example",
            "external_id": "1042",
            "attributes": {"plan": "pro", "orders": [1, 2.5, None]},
        },
    )
    assert made.status_code == 201, made.content
    assert names(api.get("contacts", q="zydr")) == ["Žydrūnė"]
    assert names(api.get("contacts", email="zydrune@SHOP.example")) == ["Žydrūnė"]
    assert names(api.get("contacts", external_id="1042")) == ["Žydrūnė"]
    assert names(api.get("contacts", external_id="104")) == []
    changed = api.patch(f"contacts/{made.json()['id']}", {"phone": "+370 600 00000"})
    assert changed.json() == made.json() | {"phone": "+370 600 00000"}
    assert changed.json()["attributes"] == {"plan": "pro", "orders": [1, 2.5, None]}


def test_an_external_id_is_one_contacts_but_only_within_a_tenant(cast: Cast) -> None:
    assert with_key(cast.acme).post("contacts", {"external_id": "7"}).status_code == 201
    again = with_key(cast.acme).post("contacts", {"external_id": "7"})
    assert (again.status_code, list(again.json()["errors"])) == (400, ["external_id"])
    assert with_key(cast.globex).post("contacts", {"external_id": "7"}).status_code == 201


def test_a_contact_shows_where_their_newest_browser_is(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        VisitorSession.objects.update(page_url="https://shop.example/cart", page_title="Cart")
    contact = as_operator(cast.alice).get(f"contacts/{cast.vera.contact_id}").json()
    assert (contact["name"], contact["session"]["page_title"]) == ("Vera", "Cart")
    assert contact["session"]["page_url"] == "https://shop.example/cart"


def test_a_contacts_conversations_are_theirs_alone(cast: Cast) -> None:
    hers = begin(cast.vera, "Hello")
    begin(make_visitor(cast.acme_widget, name="Walt"), "Hello")
    answer = as_operator(cast.alice).get(f"contacts/{cast.vera.contact_id}/conversations")
    assert [row["id"] for row in answer.json()["results"]] == [str(hers.pk)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"name": "x" * 101}, "name"),
        ({"attributes": {"note": "x" * 10_001}}, "attributes"),
    ],
)
def test_a_wrong_field_leaves_the_contact_as_it_was(cast: Cast, body: dict[str, Any], field: str) -> None:
    api = as_operator(cast.alice)
    place = f"contacts/{cast.vera.contact_id}"
    before = api.get(place).json()
    answer = api.patch(place, {"country": "LT"} | body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert api.get(place).json() == before
