"""Conversations over the API."""

from tests.api import as_operator
from tests.cast import Cast, begin


def test_a_conversation_is_listed_read_answered_and_resolved(cast: Cast) -> None:
    conversation = begin(cast.vera, "My parcel is late")
    alice = as_operator(cast.alice)

    listed = alice.get("conversations", status="open")
    assert listed.status_code == 200, listed.content
    assert [row["id"] for row in listed.json()["results"]] == [str(conversation.pk)]
    assert listed.json()["next"] is None

    sent = alice.post(f"conversations/{conversation.pk}/messages", {"text": "It left this morning."})
    assert sent.status_code == 201, sent.content
    assert sent.json()["text"] == "It left this morning."
    assert sent.json()["author"] == {"kind": "operator", "id": str(cast.alice.pk), "name": "Alice"}

    read = alice.get(f"conversations/{conversation.pk}/messages").json()
    assert [message["text"] for message in read["messages"] if message["kind"] == "reply"] == [
        "My parcel is late",
        "It left this morning.",
    ]
    assert read["has_more"] is False

    resolved = alice.post(f"conversations/{conversation.pk}/resolve")
    assert (resolved.status_code, resolved.json()["status"]) == (200, "resolved")
