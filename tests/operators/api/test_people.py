"""Operators, teams and invitations over the API."""

from tenants.permissions import Permission
from tests.api import as_operator, with_key
from tests.cast import Cast, begin, reply

RATINGS = {Permission.READ_CONTACTS, Permission.READ_RATINGS}


def test_an_operator_is_told_who_they_are(cast: Cast) -> None:
    me = as_operator(cast.alice).get("me").json()
    assert (me["kind"], me["id"], me["name"]) == ("operator", str(cast.alice.pk), "Alice")
    assert me["operator"]["role"] == "operator"
    assert (me["tenant"]["id"], me["tenant"]["name"]) == (str(cast.acme.pk), "Acme")
    assert "messages:write" in me["permissions"]


def test_a_key_is_told_what_it_may(cast: Cast) -> None:
    me = with_key(cast.acme, permissions=RATINGS).get("me").json()
    assert (me["kind"], me["name"], me["operator"]) == ("api_key", "Test", None)
    assert me["permissions"] == ["contacts:read", "ratings:read"]


def test_people_set_their_own_availability_and_no_others(cast: Cast) -> None:
    alice = as_operator(cast.alice)
    assert alice.patch("me", {"availability": "away"}).json()["operator"]["availability"] == "away"
    assert alice.post(f"operators/{cast.bob.pk}/availability", {"availability": "away"}).status_code == 403
    bob = as_operator(cast.bob)
    answer = bob.post(f"operators/{cast.alice.pk}/availability", {"availability": "online"})
    assert answer.json()["availability"] == "online"
    assert with_key(cast.acme).patch("me", {"availability": "away"}).status_code == 404


def test_an_admin_cannot_make_an_owner(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    assert bob.patch(f"operators/{cast.alice.pk}", {"role": "owner"}).status_code == 403
    assert bob.patch(f"operators/{cast.alice.pk}", {"role": "manager"}).json()["role"] == "manager"


def test_a_deactivated_operator_is_out_at_once(cast: Cast) -> None:
    reply(cast.alice, begin(cast.vera, "Hello"))
    alice, bob = as_operator(cast.alice), as_operator(cast.bob)
    assert alice.get("me").status_code == 200
    assert bob.post(f"operators/{cast.alice.pk}/deactivate").json()["is_active"] is False
    assert alice.get("me").status_code == 401
    listed = bob.get("operators", is_active="true").json()["results"]
    assert [operator["name"] for operator in listed] == ["Bob"]


def test_a_team_is_made_and_its_members_replaced(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    team = bob.post("teams", {"name": "Night", "member_ids": [str(cast.alice.pk)]}).json()
    assert team["member_ids"] == [str(cast.alice.pk)]
    assert bob.patch(f"teams/{team['id']}", {"name": "Day"}).json()["member_ids"] == [str(cast.alice.pk)]
    changed = bob.patch(f"teams/{team['id']}", {"member_ids": [str(cast.bob.pk)]}).json()
    assert (changed["name"], changed["member_ids"]) == ("Day", [str(cast.bob.pk)])
    assert bob.get(f"operators/{cast.bob.pk}").json()["team_ids"] == [team["id"]]
    assert bob.delete(f"teams/{team['id']}").status_code == 204
    assert bob.get("teams").json() == {"results": [], "next": None}


def test_an_invitation_is_listed_until_it_is_taken_back(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    made = bob.post("invitations", {"email": "Carl@Acme.example", "role": "viewer"})
    assert made.status_code == 201, made.content
    assert (made.json()["email"], made.json()["role"]) == ("carl@acme.example", "viewer")
    assert "token" not in made.json()
    assert bob.get("invitations").json()["results"] == [made.json()]
    assert bob.post("invitations", {"email": "carl@acme.example"}).status_code == 409
    assert bob.post(f"invitations/{made.json()['id']}/resend").status_code == 429
    assert bob.delete(f"invitations/{made.json()['id']}").status_code == 204
    assert bob.get("invitations").json()["results"] == []
    assert bob.post("invitations", {"email": "nobody"}).status_code == 400
