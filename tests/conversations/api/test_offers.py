"""Offers over the API: one's own, accepted and declined."""

import pytest

from conversations.models import Conversation
from tenants.permissions import Permission
from tenants.scoping import tenant_scope
from tests.api import as_operator, with_key
from tests.cast import Cast, begin, make_cast, reply
from tests.conversations.test_routing import make_team, newest_offer, offers, share_out

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_an_operator_lists_and_accepts_their_own_offers_alone(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    conversation = begin(cast.vera, "My parcel is late")
    share_out(team)
    offer = newest_offer(team)

    listed = as_operator(cast.alice).ask("GET", "offers").json()["results"]
    assert [(one["id"], one["text"]) for one in listed] == [(str(offer.pk), "My parcel is late")]
    assert 0 < listed[0]["seconds_left"] <= 20
    assert as_operator(cast.bob).ask("GET", "offers").json() == {"results": []}
    key = with_key(cast.acme, permissions=set(Permission))
    assert key.ask("GET", "offers").json() == {"results": []}

    for stranger in (as_operator(cast.bob), as_operator(cast.mallory), key):
        assert stranger.ask("POST", f"offers/{offer.pk}/accept", {}).status_code == 404
    accepted = as_operator(cast.alice).ask("POST", f"offers/{offer.pk}/accept", {})
    assert (accepted.status_code, accepted.json()["operator"]["name"]) == (200, "Alice")
    with tenant_scope(cast.acme.pk):
        assert Conversation.objects.get(pk=conversation.pk).operator_id == cast.alice.pk


def test_accepting_what_somebody_took_says_who_has_it(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    conversation = begin(cast.vera, "Hello")
    share_out(team)
    reply(cast.bob, conversation)
    refused = as_operator(cast.alice).ask("POST", f"offers/{newest_offer(team).pk}/accept", {})
    assert (refused.status_code, refused.json()["detail"]) == (409, "Bob has this conversation now.")


def test_declining_answers_with_the_offers_that_are_left(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    begin(cast.vera, "Hello")
    share_out(team)
    answer = as_operator(cast.alice).ask("POST", f"offers/{newest_offer(team).pk}/decline", {})
    assert (answer.status_code, answer.json()) == (200, {"results": []})
    assert offers(team) == [("Alice", "declined")]


def test_a_team_is_told_how_to_share_out_and_an_operator_gets_a_limit(cast: Cast) -> None:
    api = as_operator(cast.bob)
    made = api.ask("POST", "teams", {"name": "Help", "assignment_mode": "round_robin", "languages": ["lt"]})
    assert (made.status_code, made.json()["offer_seconds"]) == (201, 20)
    address = f"teams/{made.json()['id']}"
    changed = api.ask("PATCH", address, {"offer_seconds": 0}).json()
    assert (changed["assignment_mode"], changed["offer_seconds"], changed["languages"]) == (
        "round_robin",
        0,
        ["lt"],
    )
    assert api.ask("PATCH", address, {"offer_seconds": 3}).status_code == 400

    alice = api.ask("PATCH", f"operators/{cast.alice.pk}", {"max_conversations": 2}).json()
    assert (alice["max_conversations"], alice["languages"]) == (2, [])
