"""Who supervises looks on unseen: no colleague and no contact hears of it, and nothing becomes read."""

import asyncio

import pytest

from tests.cast import Cast, make_cast
from tests.conversations.sockets.talk import Talk, as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def viewers(talk: Talk, conversation_id: str) -> set[str]:
    """Return everybody whom a socket was ever told of as looking at something."""
    await talk.ask("resume", conversation_id=conversation_id, position=0)
    told = [frame for frame in talk.seen if frame["type"] == "viewing.changed"]
    return {one["name"] for frame in told for one in frame["operators"]}


async def test_nobody_sees_who_watches_and_nothing_becomes_read(people: Cast) -> None:
    async with (
        as_visitor(people.vera) as vera,
        as_operator(people.alice) as alice,
        as_operator(people.bob) as bob,
        asyncio.timeout(40),
    ):
        conversation_id = await vera.begin()
        await alice.ask("open", conversation_id=conversation_id)
        opened = await bob.ask("open", conversation_id=conversation_id, silent=True)
        assert [one["text"] for one in opened["messages"]] == ["Hello"]
        assert (await bob.ask("read", conversation_id=conversation_id, position=2))["type"] == "ok"
        await bob.say("typing.start", conversation_id=conversation_id)
        await vera.send(conversation_id, "Anybody?")
        assert (await bob.heard("Anybody?"))["conversation_id"] == conversation_id
        await alice.heard("Anybody?")
        assert await viewers(alice, conversation_id) == {"Alice"}
        silent = {"read.changed", "typing.started", "unread.changed"}
        assert [frame["type"] for frame in (*vera.seen, *alice.seen) if frame["type"] in silent] == []

        await bob.ask("open", conversation_id=conversation_id)
        while {"Alice", "Bob"} != {
            one["name"] for one in (await alice.until("viewing.changed"))["operators"]
        }:
            pass
        await bob.ask("open", conversation_id=conversation_id, silent=True)
        while {"Alice"} != {one["name"] for one in (await alice.until("viewing.changed"))["operators"]}:
            pass


async def test_an_operator_may_not_watch(people: Cast) -> None:
    async with as_visitor(people.vera) as vera, as_operator(people.alice) as alice, asyncio.timeout(20):
        conversation_id = await vera.begin()
        refused = await alice.ask("open", conversation_id=conversation_id, silent=True)
    assert (refused["type"], refused["code"]) == ("error", "permission_denied")


async def test_another_tenants_conversation_is_not_there_to_be_watched(people: Cast) -> None:
    async with as_visitor(people.vera) as vera, as_operator(people.mallory) as mallory, asyncio.timeout(20):
        conversation_id = await vera.begin()
        refused = await mallory.ask("open", conversation_id=conversation_id)
    assert (refused["type"], refused["code"]) == ("error", "not_found")
