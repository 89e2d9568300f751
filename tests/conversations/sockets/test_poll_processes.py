"""A session belongs to one web process, and every other takes its requests; when its owner dies, another is opened."""

import asyncio
import signal
import time
from itertools import cycle
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from tenants.polling.lists import ALIVE_SECONDS
from tests.cast import Cast, begin, reply
from tests.conversations.sockets.polling import Closed, Poll, polling_operator, polling_visitor
from tests.house.web_processes import Web, web_process

pytestmark = pytest.mark.django_db(transaction=True)


async def test_the_requests_of_a_session_may_go_to_any_process(cast: Cast, broker: Any) -> None:
    with web_process() as first, web_process(server="uvicorn") as second:
        there, back = [first.origin, second.origin], [second.origin, first.origin]
        async with (
            polling_visitor(cast.vera, sites=back) as vera,
            polling_operator(cast.alice, sites=there) as alice,
        ):
            conversation_id = await vera.begin("Hello")
            await alice.heard("Hello")
            await alice.ask("open", conversation_id=conversation_id)
            for number in range(10):
                await vera.send(conversation_id, f"Question {number}")
                await alice.heard(f"Question {number}")
                await alice.send(conversation_id, f"Answer {number}")
                await vera.heard(f"Answer {number}")
            heads = [
                (await talk.ask("resume", conversation_id=conversation_id, position=0))["events"]
                for talk in (vera, alice)
            ]
    said = [
        [event["message"]["text"] for event in events if event["type"] == "message.created"]
        for events in heads
    ]
    spoken = [text for number in range(10) for text in (f"Question {number}", f"Answer {number}")]
    assert [text for text in said[0] if text in spoken] == spoken
    assert [text for text in said[1] if text in spoken] == spoken


async def test_a_session_whose_process_was_killed_is_over_and_another_resumes(
    cast: Cast, broker: Any
) -> None:
    conversation = await sync_to_async(begin)(cast.vera, "Hello")
    conversation_id = str(conversation.pk)
    with web_process() as owner, web_process() as other:
        async with polling_visitor(cast.vera, sites=[owner.origin]) as vera:
            await vera.until("heartbeat")
            vera.sites = cycle([other.origin])
            waiting = asyncio.create_task(vera.until("message.created"))
            await asyncio.sleep(0.5)
            owner.process.send_signal(signal.SIGKILL)
            killed = time.monotonic()
            await sync_to_async(reply)(cast.alice, conversation, "Are you there?")
            with pytest.raises(Closed, match="410"):
                await waiting
            assert time.monotonic() - killed < 2 * ALIVE_SECONDS
            async with polling_visitor(cast.vera, sites=[other.origin]) as again:
                answer = await again.ask(
                    "resume", conversation_id=conversation_id, position=conversation.contact_position
                )
    texts = [event["message"]["text"] for event in answer["events"] if event["type"] == "message.created"]
    assert texts[-1] == "Are you there?"


async def test_a_process_that_goes_sends_its_sessions_elsewhere(cast: Cast, broker: Any) -> None:
    async def until_closed(poll: Poll) -> tuple[list[dict[str, Any]], int]:
        frames = []
        try:
            while True:
                frames.append(await poll.receive())
        except Closed as closed:
            return frames, closed.code

    def leave(web: Web) -> int:
        web.ask_to_stop()
        return web.process.wait(20)

    with web_process(seconds=2) as owner, web_process() as other:
        # Opened at one; a balancer sends what comes later to the other too.
        async with polling_visitor(cast.vera, sites=[owner.origin, other.origin]) as vera:
            vera.sites = cycle([other.origin])
            ended, (frames, code) = await asyncio.gather(asyncio.to_thread(leave, owner), until_closed(vera))
    assert (ended, code) == (0, 1012)
    assert {"type": "reconnect", "within": 2} in frames


async def test_with_the_broker_emptied_a_session_is_over(cast: Cast, broker: Any) -> None:
    with web_process() as web:
        async with polling_visitor(cast.vera, sites=[web.origin]) as vera:
            broker.flushdb()
            with pytest.raises(Closed, match="410"):
                await vera.ask("ping")
            async with polling_visitor(cast.vera, sites=[web.origin]) as again:
                await again.say("ping")
                assert (await again.until("pong"))["heads"] == {}
