"""Notifications over the API: one's own, listed and read."""

import pytest

from conversations.models import Conversation
from tests.api import as_operator, with_key
from tests.background import catch_up
from tests.cast import Cast, begin, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def asked(cast: Cast, text: str) -> Conversation:
    """A conversation in which Bob asks Alice."""
    conversation = begin(cast.vera, "My parcel is late")
    body = {"text": text, "kind": "note", "mentions": [str(cast.alice.pk)]}
    assert as_operator(cast.bob).post(f"conversations/{conversation.pk}/messages", body).status_code == 201
    catch_up(cast.acme)
    return conversation


def test_an_operator_lists_and_reads_their_own_alone(cast: Cast) -> None:
    conversation = asked(cast, "@Alice where is it?")
    alice = as_operator(cast.alice)
    answer = alice.get("notifications").json()
    (one,) = answer["results"]
    assert (answer["unread_count"], answer["next"]) == (1, None)
    assert (one["kind"], one["conversation_id"], one["contact_name"]) == (
        "mention",
        str(conversation.pk),
        "Vera",
    )
    assert (one["text"], one["by"]["name"], one["read_at"]) == ("@Alice where is it?", "Bob", None)
    assert one["position"] == 3

    for stranger in (as_operator(cast.bob), as_operator(cast.mallory), with_key(cast.acme)):
        assert stranger.get("notifications").json() == {"results": [], "next": None, "unread_count": 0}
        assert stranger.post(f"notifications/{one['id']}/read").status_code == 404
    assert alice.post(f"notifications/{one['id']}/read").json()["read_at"] is not None
    assert alice.get("notifications").json()["unread_count"] == 0
    assert alice.get("notifications", is_unread="true").json()["results"] == []


def test_those_of_one_conversation_are_read_together(cast: Cast) -> None:
    first, _second = asked(cast, "@Alice one"), asked(cast, "@Alice two")
    alice = as_operator(cast.alice)
    assert alice.post("notifications/read", {"conversation_id": str(first.pk)}).json() == {"unread_count": 1}
    assert alice.post("notifications/read").json() == {"unread_count": 0}
    foreign = as_operator(cast.mallory).post("notifications/read", {"conversation_id": str(first.pk)})
    assert foreign.status_code == 404


def test_a_reply_with_mentions_is_refused(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    body = {"text": "Hi", "mentions": [str(cast.alice.pk)]}
    refused = as_operator(cast.bob).post(f"conversations/{conversation.pk}/messages", body)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["mentions"])
