"""What a conversation is about, and in which language, changed after it began."""

from typing import Any

import pytest

from conversations.actions.change_conversation import change_conversation
from conversations.models import Conversation
from tenants.errors import BadRequest, NotFound, PermissionDenied
from tenants.models import EventRecord
from tenants.permissions import Role
from tests.cast import Cast, begin, make_operator
from tests.operators.scenes import nothing_changes, within


def test_both_change_at_once_and_everybody_who_sees_them_is_told(cast: Cast) -> None:
    conversation = begin(cast.vera, "سلام")
    with within(cast.acme):
        change_conversation(
            actor=cast.alice.actor,
            conversation_id=conversation.pk,
            subject="  A late\nparcel ",
            language="fa",
        )
        event = EventRecord.objects.filter(conversation_id=conversation.pk).latest("operators_position")
        changed = Conversation.objects.get(pk=conversation.pk)
    assert (changed.subject, changed.language) == ("A late parcel", "fa")
    assert (event.type, event.payload["subject"], event.payload["language"]) == (
        "conversation.changed",
        "A late parcel",
        "fa",
    )
    assert (event.operators_position, event.contact_position) == (
        changed.operators_position,
        changed.contact_position,
    )


def test_what_stays_as_it_was_is_not_told(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    with nothing_changes(cast.acme), within(cast.acme):
        change_conversation(
            actor=cast.alice.actor, conversation_id=conversation.pk, subject="", language="en"
        )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"subject": "x" * 201}, "subject"), ({"language": "de"}, "language"), ({"language": ""}, "language")],
)
def test_what_cannot_be_is_refused_by_name(cast: Cast, fields: dict[str, Any], wrong: str) -> None:
    conversation = begin(cast.vera, "Hello")
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(BadRequest) as refused:
        change_conversation(actor=cast.alice.actor, conversation_id=conversation.pk, **fields)
    assert list(refused.value.errors) == [wrong]


def test_a_viewer_the_contact_and_another_tenant_change_nothing(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    viewer = make_operator(cast.acme, name="Victor", role=Role.VIEWER)
    with nothing_changes(cast.acme):
        for actor in (viewer.actor, cast.vera.actor):
            with within(cast.acme), pytest.raises(PermissionDenied):
                change_conversation(actor=actor, conversation_id=conversation.pk, subject="Mine")
        with within(cast.globex), pytest.raises(NotFound):
            change_conversation(actor=cast.mallory.actor, conversation_id=conversation.pk, subject="Mine")
