"""Who is on the site and on which page, as operators see it."""

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from redis import Redis

from conversations.consumers import board as boards
from conversations.presence_scripts import ALIVE_SECONDS
from tenants.scoping import TenantId
from tests.cast import Cast, Visiting, make_cast, make_visitor
from tests.clients import Everywhere
from tests.conversations.sockets.talk import Talk, as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)

CART = {"url": "https://shop.example/cart?id=7&utm_source=mail#pay", "title": "Your cart"}
CUPS = {"url": "https://vera:secret@shop.example:8443/cups/?q=blue", "title": "Cups\n"}


@pytest.fixture
def people(transactional_db: None, site: str, everywhere: Everywhere) -> Cast:
    everywhere.put("conversations.consumers.board.GATHER_SECONDS", 0.3)
    everywhere.put("conversations.consumers.board.LEAVE_SECONDS", 0.5)
    return make_cast()


def about(visitor: Visiting, frame: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the pages on which a frame says a visitor is."""
    here = [one for one in frame["here"] if one["contact_id"] == str(visitor.contact_id)]
    return [(one["page_url"], one["page_title"]) for one in here]


async def settled(talk: Talk) -> list[dict[str, Any]]:
    """Return what was told of visitors until nothing more is to be expected."""
    await asyncio.sleep(1.2)
    await talk.ask("visitors")
    return [frame for frame in talk.seen if frame["type"] == "visitors.changed"]


async def test_a_visitor_who_comes_and_leaves_is_told_and_a_reload_is_not(people: Cast) -> None:
    async with as_operator(people.alice) as alice:
        async with as_visitor(people.vera):
            came = await alice.until("visitors.changed")
        async with as_visitor(people.vera):
            assert await settled(alice) == []
        left = await alice.until("visitors.changed")
    vera = str(people.vera.contact_id)
    assert ([one["contact_id"] for one in came["here"]], came["gone"]) == ([vera], [])
    assert (left["here"], left["gone"]) == ([], [vera])


async def test_who_goes_on_to_another_page_has_moved_and_not_come_anew(people: Cast) -> None:
    async with as_operator(people.alice) as alice:
        async with as_visitor(people.vera, page=CART):
            came = await alice.until("visitors.changed")
        async with as_visitor(people.vera, page=CUPS):
            moved = await alice.until("visitors.changed")
            assert await settled(alice) == []
    assert about(people.vera, moved) == [("https://shop.example:8443/cups/", "Cups")]
    assert moved["here"][0]["since"] == came["here"][0]["since"]


async def test_the_page_is_told_when_it_changes_and_no_secret_of_its_address(people: Cast) -> None:
    async with as_operator(people.alice) as alice, as_visitor(people.vera, page=CART) as vera:
        came = await alice.until("visitors.changed")
        await vera.say("page", page=CART)
        assert await settled(alice) == []
        await vera.say("page", page=CUPS)
        moved = await alice.until("visitors.changed")
        for nonsense in (None, 7, {"url": 7}, {"url": "javascript:alert(1)", "title": ["x"]}):
            await vera.say("page", page=nonsense)
        lost = await alice.until("visitors.changed")
    assert about(people.vera, came) == [("https://shop.example/cart?utm_source=mail", "Your cart")]
    assert about(people.vera, moved) == [("https://shop.example:8443/cups/", "Cups")]
    assert about(people.vera, lost) == [("", "")]
    assert {frame["here"][0]["since"] for frame in (moved, lost)} == {came["here"][0]["since"]}


async def test_however_fast_somebody_browses_it_is_told_once_in_a_while_and_the_last_page(
    people: Cast,
) -> None:
    async with as_operator(people.alice) as alice, as_visitor(people.vera) as vera:
        await alice.until("visitors.changed")
        for number in range(30):
            await vera.say("page", page={"url": f"https://shop.example/{number}", "title": str(number)})
        told = await settled(alice)
    assert [about(people.vera, frame) for frame in told] == [[("https://shop.example/29", "29")]]


async def test_the_board_shows_name_language_and_the_conversation_there_is(people: Cast) -> None:
    async with as_visitor(people.vera) as vera, as_operator(people.alice) as alice:
        conversation_id = await vera.begin()
        await vera.ask("identify", name="Vera Visitor")
        await settled(alice)
        shown = await alice.ask("visitors")
        opened = await alice.ask("open", conversation_id=conversation_id)
    [row] = shown["visitors"]
    assert (row["name"], row["language"], row["conversation_id"]) == ("Vera Visitor", "en", conversation_id)
    assert shown["contacts_online"] == [str(people.vera.contact_id)]
    assert opened["visitor"] == row


async def test_the_board_of_another_tenant_is_empty(people: Cast) -> None:
    async with as_visitor(people.vera, page=CART), as_operator(people.mallory) as mallory:
        assert await settled(mallory) == []
        shown = await mallory.ask("visitors")
    assert (shown["visitors"], shown["contacts_online"]) == ([], [])


async def test_pages_live_in_the_broker_for_a_while_and_never_in_the_database(
    people: Cast, broker: Redis
) -> None:
    key = f"visitor:{TenantId(people.acme.pk).hex}:{people.vera.contact_id.hex}"
    async with as_visitor(people.vera, page=CART) as vera, as_operator(people.alice) as alice:
        await vera.begin()
        await settled(alice)
        kept = await sync_to_async(broker.ttl)(key)
        assert ALIVE_SECONDS < kept <= ALIVE_SECONDS * 2
        assert await sync_to_async(rows_that_say)("shop.example") == []
        # A broker that comes back empty learns it from the next sign of life.
        await sync_to_async(broker.delete)(key)
        await boards.Board().arrive(
            tenant_id=TenantId(people.acme.pk),
            visitor={
                "contact_id": str(people.vera.contact_id),
                "inbox_id": str(people.acme_widget.pk),
                "name": "Vera",
                "language": "en",
                "page_url": "",
                "page_title": "",
                "since": "2026-11-21T10:00:00Z",
                "conversation_id": None,
            },
            socket="another tab",
        )
        await settled(alice)
        assert await sync_to_async(broker.exists)(key) == 1


def rows_that_say(word: str) -> list[str]:
    """Return the tables in which a word stands anywhere."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{word}%"])  # noqa: S608 - own tables
            row = cursor.fetchone()
            if row and row[0]:
                found.append(table)
    return found


async def test_two_tabs_are_one_visitor_who_stays_until_the_last_is_closed(people: Cast) -> None:
    other = await sync_to_async(make_visitor)(people.acme_widget, name="Otto")
    async with as_operator(people.alice) as alice, as_visitor(other):
        async with as_visitor(people.vera, page=CART):
            async with as_visitor(people.vera, page=CUPS):
                await settled(alice)
            alice.seen.clear()
            assert await settled(alice) == []
            shown = await alice.ask("visitors")
            assert [one["name"] for one in shown["visitors"]] == ["Vera", "Otto"]
        left = await alice.until("visitors.changed")
    assert left["gone"] == [str(people.vera.contact_id)]
