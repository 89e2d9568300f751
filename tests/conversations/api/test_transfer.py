"""Handing over and inviting, over the API."""

import pytest

from conversations.models import Conversation
from operators.actions.manage_teams import create_team
from tenants.scoping import tenant_scope
from tests.api import as_operator, with_key
from tests.background import operator_here
from tests.cast import Cast, begin, make_cast, reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def conversation(cast: Cast) -> Conversation:
    """Vera's, which Bob has."""
    made = begin(cast.vera, "My parcel is late")
    reply(cast.bob, made)
    return made


def test_a_colleague_is_asked_with_the_note_and_takes_it(cast: Cast, conversation: Conversation) -> None:
    operator_here(cast.alice)
    bob, alice = as_operator(cast.bob), as_operator(cast.alice)
    body = {"operator_id": str(cast.alice.pk), "note": "She is upset"}
    given = bob.post(f"conversations/{conversation.pk}/transfer", body)
    assert (given.status_code, given.json()["operator"]["name"]) == (200, "Bob")

    (offer,) = alice.get("offers").json()["results"]
    assert (offer["sender"]["name"], offer["note"], offer["team_id"]) == ("Bob", "She is upset", None)
    assert 25 < offer["seconds_left"] <= 30
    taken = alice.post(f"offers/{offer['id']}/accept")
    assert (taken.status_code, taken.json()["operator"]["name"]) == (200, "Alice")
    (pinned,) = alice.get("notifications").json()["results"]
    assert (pinned["kind"], pinned["text"]) == ("transfer", "She is upset")


def test_who_is_not_here_is_refused_with_the_reason(cast: Cast, conversation: Conversation) -> None:
    bob = as_operator(cast.bob)
    path = f"conversations/{conversation.pk}/transfer"
    refused = bob.post(path, {"operator_id": str(cast.alice.pk)})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert "Alice is not here now." in refused.json()["detail"]
    with tenant_scope(cast.acme.pk):
        team = create_team(actor=cast.bob.actor, name="Billing", member_ids=[cast.alice.pk])
    refused = bob.post(path, {"team_id": str(team.pk)})
    assert (refused.status_code, "Nobody of Billing" in refused.json()["detail"]) == (409, True)
    operator_here(cast.alice)
    given = bob.post(path, {"team_id": str(team.pk)}).json()
    assert (given["operator"], given["team_id"]) == (None, str(team.pk))


def test_it_is_to_one_of_the_two_and_by_a_person(cast: Cast, conversation: Conversation) -> None:
    path = f"conversations/{conversation.pk}/transfer"
    assert as_operator(cast.bob).post(path, {}).status_code == 400
    assert with_key(cast.acme).post(path, {"operator_id": str(cast.alice.pk)}).status_code == 403
    assert as_operator(cast.mallory).post(path, {"operator_id": str(cast.mallory.pk)}).status_code == 404


def test_a_colleague_is_invited(cast: Cast, conversation: Conversation) -> None:
    path = f"conversations/{conversation.pk}/invite"
    invited = as_operator(cast.bob).post(path, {"operator_id": str(cast.alice.pk), "note": "Any idea?"})
    assert (invited.status_code, invited.json()["operator"]["name"]) == (200, "Bob")
    (told,) = as_operator(cast.alice).get("notifications").json()["results"]
    assert (told["kind"], told["text"], told["by"]["name"]) == ("invited", "Any idea?", "Bob")
    strange = as_operator(cast.bob).post(path, {"operator_id": str(cast.mallory.pk)})
    assert strange.status_code == 400
