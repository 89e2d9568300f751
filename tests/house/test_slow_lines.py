"""A client on a slow line gets everything that it missed, and is not sent away for what it asked for."""

import asyncio
import json
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from websockets.asyncio.client import connect

from conversations.queries import MOST_BYTES
from tests.cast import Cast, begin, reply
from tests.conversations.sockets.talk import Talk
from tests.example_client import Client, Frame
from tests.faults.proxy import Link, Proxy
from tests.house.web_processes import Web, web_process

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "س" * 9_000  # 18 kB
MANY = 400  # 7 MB: more than the kernel's buffers and what the server keeps for a client
RATE = 2_000_000  # bytes a second


class Counting(Client):
    """Counts the connections, and what each answer carries."""

    def __init__(self, url: str, *, hello: Frame) -> None:
        super().__init__(url, hello=hello, max_size=None)
        self.welcomes = 0
        self.parts: list[tuple[int, int]] = []  # events, bytes

    async def _receive(self, frame: Frame) -> None:
        self.welcomes += frame["type"] == "welcome"
        if frame["type"] == "events":
            size = len(json.dumps(frame["events"], ensure_ascii=False).encode())
            self.parts.append((len(frame["events"]), size))
        await super()._receive(frame)


async def test_a_slow_client_that_missed_much_gets_it_in_parts_over_one_connection(
    cast: Cast, broker: Any
) -> None:
    texts = [f"{number} {LONG}" for number in range(MANY)]
    conversation = await sync_to_async(begin)(cast.vera, *texts)

    def slow(link: Link) -> None:
        link.to_client.rate = RATE

    async def scene(web: Web) -> Counting:
        proxy = Proxy([web.port], seed=1)
        proxy.on_link = slow
        await proxy.start()
        vera = Counting(
            f"ws://127.0.0.1:{proxy.port}/ws/contact/", hello={"type": "hello", "token": cast.vera.token}
        )
        running = asyncio.create_task(vera.run())
        try:
            async with asyncio.timeout(40):
                await vera.online.wait()
                await vera.follow(str(conversation.pk))
                # Others go on meanwhile: what is published finds a client that is busy reading.
                for number in range(10):
                    await asyncio.sleep(0.2)
                    await sync_to_async(reply)(cast.alice, conversation, f"And {number}")
                while vera.positions[str(conversation.pk)] < conversation.contact_position + 11:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await proxy.stop()
        return vera

    with web_process() as web:
        vera = await scene(web)
    assert vera.texts[str(conversation.pk)] == [*texts, *(f"And {number}" for number in range(10))]
    assert vera.welcomes == 1
    assert max(size for _events, size in vera.parts) <= MOST_BYTES + 1_000
    assert min(events for events, _size in vera.parts[:-1]) > 0


async def test_the_parts_of_one_answer_cost_one_command(cast: Cast, broker: Any) -> None:
    conversation = await sync_to_async(begin)(cast.vera, *[f"{number} {LONG}" for number in range(200)])
    with web_process() as web:
        async with connect(web.url("/ws/contact/")) as connection:
            vera = Talk(connection)
            await vera.say("hello", token=cast.vera.token)
            await vera.until("welcome")
            positions, after, asked = [], 0, 0
            while after < conversation.contact_position:
                part = await vera.ask("resume", conversation_id=str(conversation.pk), position=after)
                assert part["type"] == "events"
                positions += [event["position"] for event in part["events"]]
                after, asked = positions[-1], asked + 1
    assert asked > 60  # far more than a socket may ask at once
    assert all(later == earlier + 1 for earlier, later in pairwise(positions))
