"""Two web processes on one port are one site."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from tests.cast import Cast, Visiting, begin
from tests.conversations.sockets.talk import Talk, session_cookie
from tests.house.web_processes import Web, listeners, two_web_processes

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 60


async def visiting(web: Web, visitor: Visiting) -> Talk:
    talk = Talk(await connect(web.url("/ws/contact/")))
    await talk.say("hello", token=visitor.token)
    await talk.until("welcome")
    return talk


async def left(operator: Talk) -> list[str]:
    """Return who is the first to leave."""
    while not (told := await operator.until("visitors.changed"))["gone"]:
        pass
    gone: list[str] = told["gone"]
    return gone


def sockets_of(web: Web) -> int:
    """Return how many connections to the port the kernel has given to this process."""
    held = set()
    for entry in Path(f"/proc/{web.process.pid}/fd").iterdir():
        with suppress(OSError):
            held.add(entry.readlink().name)
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return sum(
        f"socket:[{row[9]}]" in held and row[3] == "01" and row[1].endswith(f":{web.port:04X}")
        for row in rows
    )


def test_connections_spread_over_both_processes_and_events_cross(cast: Cast, broker: Any) -> None:
    conversation = begin(cast.vera, "Hello")
    cookie = session_cookie(cast.alice)

    async def scene(first: Web, second: Web) -> dict[str, Any]:
        tabs = [await visiting(first, cast.vera) for _ in range(MANY)]
        spread = [sockets_of(web) for web in (first, second)]
        operators = [
            Talk(
                await connect(
                    first.url("/ws/operator/"),
                    additional_headers={"Cookie": cookie},
                    origin=Origin(first.origin),
                )
            )
            for _ in range(8)
        ]
        for operator in operators:
            await operator.until("welcome")
            await operator.ask("open", conversation_id=str(conversation.pk))
        async with asyncio.timeout(30):
            await tabs[0].say("typing.start", conversation_id=str(conversation.pk))
            for operator in operators:
                await operator.until("typing.started")
            await tabs[0].send(str(conversation.pk), "from one process")
            for talk in [*tabs[1:], *operators]:
                await talk.heard("from one process")
            await operators[0].send(str(conversation.pk), "from the other")
            for talk in tabs:
                await talk.heard("from the other")
            for tab in tabs:
                await tab.connection.close()
            gone = [await left(operator) for operator in operators]
        for operator in operators:
            await operator.connection.close()
        return {"spread": spread, "gone": gone}

    with two_web_processes() as (first, second):
        assert listeners(first.port) == 2
        seen = asyncio.run(scene(first, second))
    print(f"{MANY} sockets: {seen['spread']}")  # noqa: T201
    assert sum(seen["spread"]) == MANY
    assert min(seen["spread"]) >= MANY // 6
    assert seen["gone"] == [[str(cast.vera.contact_id)]] * 8
