"""Who is mentioned hears it on all of their pages, and nobody else does."""

import asyncio

import pytest
from asgiref.sync import sync_to_async

from conversations.actions.notify import read_notifications
from tenants.scoping import tenant_scope
from tests.background import catch_up
from tests.cast import Cast, make_cast
from tests.conversations.sockets.talk import as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


def read_all(people: Cast) -> None:
    with tenant_scope(people.acme.pk):
        read_notifications(actor=people.alice.actor)


async def test_a_mention_is_told_to_the_pages_of_one_operator(people: Cast) -> None:
    async with (
        as_visitor(people.vera) as vera,
        as_operator(people.alice) as one,
        as_operator(people.alice) as other,
        as_operator(people.bob) as bob,
        asyncio.timeout(40),
    ):
        conversation_id = await vera.begin()
        sent = await bob.send(conversation_id, "@Alice look", kind="note", mentions=[people.alice.pk])
        assert sent["message"]["mentions"] == [
            {"kind": "operator", "id": str(people.alice.pk), "name": "Alice"}
        ]
        await sync_to_async(catch_up)(people.acme)
        for page in (one, other):
            told = await page.until("notification.made")
            assert (told["unread_count"], told["operator_id"]) == (1, str(people.alice.pk))
            assert (told["notification"]["text"], told["notification"]["by"]["name"]) == (
                "@Alice look",
                "Bob",
            )
        await sync_to_async(read_all)(people)
        for page in (one, other):
            read = await page.until("notification.read")
            assert (len(read["notification_ids"]), read["unread_count"]) == (1, 0)
        # Whatever was told before this answer has arrived.
        await bob.ask("resume", conversation_id=conversation_id, position=0)
        assert [frame for frame in (*bob.seen, *vera.seen) if frame["type"].startswith("notification.")] == []


async def test_a_visitor_mentions_nobody(people: Cast) -> None:
    async with as_visitor(people.vera) as vera, asyncio.timeout(20):
        conversation_id = await vera.begin()
        refused = await vera.send(conversation_id, "@Alice", mentions=[people.alice.pk])
    assert (refused["type"], list(refused["errors"])) == ("error", ["mentions"])


async def test_a_note_that_mentions_a_stranger_is_refused(people: Cast) -> None:
    async with as_visitor(people.vera) as vera, as_operator(people.bob) as bob, asyncio.timeout(20):
        conversation_id = await vera.begin()
        refused = await bob.send(conversation_id, "@Mallory", kind="note", mentions=[people.mallory.pk])
    assert (refused["type"], list(refused["errors"])) == ("error", ["mentions"])
