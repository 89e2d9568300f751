"""What operators see of a conversation, and a contact never does."""

import asyncio
from typing import Any

import pytest

from tests.cast import Cast, make_cast
from tests.conversations.sockets.talk import Talk, as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def told(talk: Talk, conversation_id: str) -> list[dict[str, Any]]:
    """Return the events of a conversation as they are resumed."""
    answer = await talk.ask("resume", conversation_id=conversation_id, position=0)
    return list(answer["events"])


async def test_the_row_of_the_list_is_for_operators_only(people: Cast) -> None:
    async with (
        as_visitor(people.vera) as vera,
        as_operator(people.alice) as alice,
        asyncio.timeout(20),
    ):
        conversation_id = await vera.begin()
        await alice.send(conversation_id, "A note", kind="note")
        to_contact, to_operators = await told(vera, conversation_id), await told(alice, conversation_id)
    assert to_operators[0]["row"]["contact"]["name"] == "Vera"
    assert to_contact[0]["type"] == to_operators[0]["type"] == "conversation.created"
    assert [frame for frame in to_contact if "row" in frame] == []
    assert "A note" in str(to_operators)
    assert "A note" not in str(to_contact)
    assert "contact_position" not in str(to_contact)
