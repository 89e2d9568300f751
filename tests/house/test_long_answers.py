"""What a server sends may be longer than what it takes."""

import asyncio
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.cast import Cast, begin
from tests.conversations.sockets.talk import Talk
from tests.house.web_processes import Web, web_process

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "x" * 9_000


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_an_answer_of_many_long_messages_arrives_whole_and_a_frame_of_that_length_is_refused(
    cast: Cast, broker: Any, server: str
) -> None:
    conversation = begin(cast.vera, *[f"{number} {LONG}" for number in range(20)])

    async def scene(web: Web) -> tuple[list[str], str]:
        async with connect(web.url("/ws/contact/"), max_size=None) as connection:
            vera = Talk(connection)
            await vera.say("hello", token=cast.vera.token)
            await vera.until("welcome")
            missed = await vera.ask("resume", conversation_id=str(conversation.pk), position=1)
            still = await vera.send(str(conversation.pk), "and heard")
            await vera.say("message.send", text="x" * 70_000)
            with pytest.raises(ConnectionClosed):
                await vera.until("never")
        return [event["message"]["text"] for event in missed["events"]], still["type"]

    with web_process(server=server) as web:
        texts, still = asyncio.run(scene(web))
    assert texts == [f"{number} {LONG}" for number in range(20)]
    assert still == "ok"
