"""Saved views over the API, and lists by view and by filter."""

from typing import Any

import pytest

from conversations.actions.manage_views import MOST_VIEWS
from conversations.models import SavedView
from tenants.models import AuditEntry
from tenants.permissions import Permission
from tenants.scoping import TenantId, tenant_scope
from tests.api import Api, as_operator, with_key
from tests.cast import Cast, begin

OPEN = {"all": [{"field": "status", "op": "is", "value": ["open"]}]}
MINE = {"all": [{"field": "operator", "op": "is", "value": ["me"]}]}


def names(api: Api) -> list[str]:
    return [view["name"] for view in api.get("views").json()["results"]]


def saved(api: Api, name: str, **fields: Any) -> dict[str, Any]:
    answer = api.post("views", {"name": name, "filter": OPEN, **fields})
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def audited(cast: Cast) -> list[tuple[str, str]]:
    with tenant_scope(TenantId(cast.acme.pk)):
        entries = AuditEntry.objects.filter(action__startswith="view.").order_by("created_at", "pk")
        return list(entries.values_list("action", "actor_name"))


def test_everybody_sees_the_shared_views_and_their_own(cast: Cast) -> None:
    alice, bob = as_operator(cast.alice), as_operator(cast.bob)
    own = saved(alice, "  My  desk ", icon="🪑", sort="waiting", filter=MINE)
    shared = saved(bob, "All open", is_shared=True)
    saved(bob, "Bob's")
    assert own == {
        "id": own["id"],
        "name": "My desk",
        "icon": "🪑",
        "filter": MINE,
        "sort": "waiting",
        "is_shared": False,
        "place": 1,
    }
    assert names(alice) == ["All open", "My desk"]
    assert names(bob) == ["All open", "Bob's"]
    assert names(with_key(cast.acme)) == ["All open"]
    assert names(as_operator(cast.mallory)) == []
    assert alice.get(f"views/{shared['id']}").json() == shared
    # What is personal leaves no trace in the log of what everybody shares.
    assert audited(cast) == [("view.created", "Bob")]


def test_a_view_of_another_person_or_tenant_is_not_there(cast: Cast) -> None:
    mine = saved(as_operator(cast.alice), "Mine")["id"]
    for api in (as_operator(cast.bob), as_operator(cast.mallory), with_key(cast.acme)):
        assert api.get(f"views/{mine}").status_code == 404
        assert api.patch(f"views/{mine}", {"name": "Ours"}).status_code == 404
        assert api.delete(f"views/{mine}").status_code == 404
        assert api.put("views/order", {"ids": [mine]}).status_code == 404
        assert api.get("conversations", view=mine).status_code == 404
    assert names(as_operator(cast.alice)) == ["Mine"]


def test_an_operator_changes_only_their_own(cast: Cast) -> None:
    alice, bob = as_operator(cast.alice), as_operator(cast.bob)
    shared = saved(bob, "All open", is_shared=True)["id"]
    assert alice.post("views", {"name": "x", "filter": OPEN, "is_shared": True}).status_code == 403
    assert alice.patch(f"views/{shared}", {"name": "Ours"}).status_code == 403
    assert alice.delete(f"views/{shared}").status_code == 403
    assert alice.put("views/order", {"ids": [shared]}).status_code == 403
    own = saved(alice, "Mine")["id"]
    assert alice.patch(f"views/{own}", {"is_shared": True}).status_code == 403
    assert alice.patch(f"views/{own}", {"name": "My own", "filter": MINE}).json()["filter"] == MINE
    assert names(alice) == ["All open", "My own"]
    assert alice.delete(f"views/{own}").status_code == 204
    assert names(alice) == ["All open"]
    assert audited(cast) == [("view.created", "Bob")]


def test_an_admin_shares_orders_and_removes_views_and_the_log_tells(cast: Cast) -> None:
    alice, bob = as_operator(cast.alice), as_operator(cast.bob)
    first, second, third = (saved(bob, name, is_shared=True)["id"] for name in ("One", "Two", "Three"))
    assert names(alice) == ["One", "Two", "Three"]
    ordered = bob.put("views/order", {"ids": [third, first]}).json()["results"]
    assert [view["name"] for view in ordered] == ["Three", "One", "Two"]
    own = saved(bob, "Four")["id"]
    assert bob.put("views/order", {"ids": [own, first]}).status_code == 400
    assert bob.patch(f"views/{own}", {"is_shared": True}).json()["is_shared"] is True
    assert bob.patch(f"views/{second}", {"name": "Zwei"}).status_code == 200
    assert bob.delete(f"views/{first}").status_code == 204
    assert names(alice) == ["Three", "Zwei", "Four"]
    assert bob.patch(f"views/{own}", {"is_shared": False}).json()["is_shared"] is False
    assert (names(alice), names(bob)) == (["Three", "Zwei"], ["Three", "Zwei", "Four"])
    assert [action for action, _who in audited(cast)[3:]] == [
        "view.ordered",
        "view.changed",
        "view.changed",
        "view.removed",
        "view.changed",
    ]


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"name": " "}, ["name"]),
        ({"name": "x" * 51}, ["name"]),
        ({"icon": "abc"}, ["icon"]),
        ({"sort": "colour"}, ["sort"]),
        ({"filter": {"all": []}}, ["filter"]),
        ({"filter": []}, ["filter"]),
        ({"is_shared": "yes"}, ["is_shared"]),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(
    cast: Cast, fields: dict[str, Any], places: list[str]
) -> None:
    answer = as_operator(cast.alice).post("views", {"name": "Open", "filter": OPEN, **fields})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, places)
    with tenant_scope(TenantId(cast.acme.pk)):
        assert SavedView.objects.count() == 0


def test_a_filter_may_name_only_what_is_there(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    theirs = [{"field": "operator", "op": "is", "value": [str(cast.mallory.pk)]}]
    refused = bob.post("views", {"name": "x", "filter": {"all": theirs}})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["filter.operator"])
    tag = bob.post("tags", {"name": "late"}).json()["id"]
    late = {"all": [{"field": "tag", "op": "has", "value": [tag]}]}
    view = saved(bob, "Late", filter=late)["id"]
    conversation = begin(cast.vera, "Hello")
    bob.put(f"conversations/{conversation.pk}/tags", {"tags": ["late"]})
    assert [row["id"] for row in bob.get("conversations", view=view).json()["results"]] == [
        str(conversation.pk)
    ]
    bob.delete(f"tags/{tag}")
    # The view is still there, and lets nothing through.
    assert bob.get("conversations", view=view).json()["results"] == []


def test_nobody_has_more_than_thirty_views(cast: Cast) -> None:
    alice = as_operator(cast.alice)
    for number in range(MOST_VIEWS):
        saved(alice, f"View {number}")
    assert alice.post("views", {"name": "One more", "filter": OPEN}).status_code == 400
    saved(as_operator(cast.bob), "Bob's first")


def test_a_key_has_no_views_of_its_own(cast: Cast) -> None:
    key = with_key(cast.acme, permissions={Permission.READ_CONVERSATIONS, Permission.WRITE_SETTINGS})
    assert key.post("views", {"name": "x", "filter": OPEN}).status_code == 400
    saved(key, "From outside", is_shared=True)
    assert names(as_operator(cast.alice)) == ["From outside"]
