"""Two tabs of one visitor."""

import asyncio

import pytest

from tests.cast import Cast, make_cast
from tests.conversations.sockets.talk import as_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def test_another_tab_follows_the_conversation_that_one_begins(people: Cast) -> None:
    async with as_visitor(people.vera) as first, as_visitor(people.vera) as second, asyncio.timeout(20):
        talk = await first.begin("Hello")
        started = await second.until("conversation.started")
        assert started["conversation"]["id"] == talk
        await first.send(talk, "Is anybody there?")
        assert [await second.heard(text) for text in ("Hello", "Is anybody there?")]


async def test_a_tab_that_follows_late_is_told_the_head_soon(people: Cast) -> None:
    """What was said between the word of a conversation and the tab's listening reached it from nobody."""
    async with as_visitor(people.vera) as first, as_visitor(people.vera) as second, asyncio.timeout(10):
        await second.until("heartbeat")  # the first after the greeting; the next would be 25 s away
        talk = await first.begin("Hello")
        await second.until("conversation.started")
        assert (await second.until("heartbeat"))["heads"] == {talk: 2}  # its beginning, and the message
