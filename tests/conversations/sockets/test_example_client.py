"""What a stranger writes from the protocol page works: both sockets, and a cut in the middle."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import pytest
from asgiref.sync import sync_to_async
from websockets.typing import Origin

from tenants.ids import uuid7
from tests.cast import Cast, make_cast
from tests.conversations.sockets.talk import session_cookie, socket_url
from tests.example_client import Client


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


async def until(reached: Callable[[], bool]) -> None:
    while not reached():  # noqa: ASYNC110  it asks the state of a client
        await asyncio.sleep(0.02)


async def test_both_sides_see_every_message_once_and_in_order_across_a_cut(site: str, people: Cast) -> None:
    cookie = await sync_to_async(session_cookie)(people.alice)
    vera = Client(socket_url("/ws/contact/"), hello={"type": "hello", "token": people.vera.token})
    alice = Client(socket_url("/ws/operator/"), additional_headers={"Cookie": cookie}, origin=Origin(site))
    running = [asyncio.create_task(client.run()) for client in (vera, alice)]
    async with asyncio.timeout(40):
        begun = await vera.ask("conversation.start", client_id=str(uuid7()), language="en")
        conversation_id = begun["conversation"]["id"]
        await vera.follow(conversation_id)
        await alice.ask("open", conversation_id=conversation_id)
        await alice.follow(conversation_id)
        await vera.send(conversation_id, "one")
        await until(lambda: alice.texts.get(conversation_id) == ["one"])
        assert vera.socket is not None
        vera.socket.transport.abort()
        await alice.send(conversation_id, "two")
        await vera.send(conversation_id, "three")
        for client in (vera, alice):
            await until(lambda client=client: len(client.texts[conversation_id]) == 3)  # type: ignore[misc]
    assert vera.texts == alice.texts == {conversation_id: ["one", "two", "three"]}
    for task in running:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
