"""What a server sends may be longer than what it takes."""

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from tests.cast import Cast, begin
from tests.conversations.sockets.talk import Talk, session_cookie
from tests.house.web_processes import Web, web_process

LARGEST_FRAME = 64 * 1024  # bytes a client may send
pytestmark = pytest.mark.django_db(transaction=True)
LONG = "x" * 1_290  # fifty of them are as much text as one answer carries, and their frames are longer


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_an_answer_of_many_long_messages_arrives_whole_and_a_frame_of_that_length_is_refused(
    cast: Cast, broker: Any, server: str
) -> None:
    said = [f"{number} {LONG}" for number in range(50)]
    conversation, cookie = begin(cast.vera, *said), session_cookie(cast.alice)

    async def scene(web: Web) -> tuple[list[str], str]:
        async with connect(
            web.url("/ws/operator/"), additional_headers={"Cookie": cookie}, origin=Origin(web.origin)
        ) as connection:
            alice = Talk(connection)
            await alice.until("welcome")
            opened = await alice.ask("open", conversation_id=str(conversation.pk))
            assert len(json.dumps(opened)) > LARGEST_FRAME
            still = await alice.send(str(conversation.pk), "and heard")
            await alice.say("message.send", text="x" * 70_000)
            with pytest.raises(ConnectionClosed):
                await alice.until("never")
        return [message["text"] for message in opened["messages"]], still["type"]

    with web_process(server=server) as web:
        texts, still = asyncio.run(scene(web))
    assert texts == said
    assert still == "ok"
