"""Two sockets that talk, and loads made of many such pairs."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from typing import Self
from uuid import UUID

from tenants.ids import uuid7
from tests.bench.client import Client
from tests.bench.scene import PairScene
from tests.bench.stage import Process

TEXT = "Is the blue one still in stock? I would need it by Friday, in size 42."
WAIT = 30.0  # seconds; nothing of a run takes longer than it must


class Journal:
    """Sends messages; counts what was sent, acknowledged and seen, and when (seconds, monotonic clock).

    The first of ``sockets`` sends.
    """

    def __init__(self, conversation_id: UUID | str) -> None:
        self.conversation_id = str(conversation_id)
        self.sockets: list[Client] = []
        self._numbers = itertools.count()
        self.acknowledged = self.seen = 0
        self.sent_at: list[float] = []
        self.acknowledged_at: list[float] = []
        self.seen_at: list[float] = []
        self._woken = asyncio.Event()

    def restart(self) -> None:
        """Begin to count afresh; nothing may be on its way."""
        self.acknowledged = self.seen = 0
        for moments in (self.sent_at, self.acknowledged_at, self.seen_at):
            moments.clear()

    def send(self) -> None:
        """Send one message."""
        self.sent_at.append(time.monotonic())
        self.sockets[0].send(
            type="message.send",
            ref=str(next(self._numbers)),
            conversation_id=self.conversation_id,
            client_id=str(uuid7()),
            text=TEXT,
        )

    def close(self) -> None:
        """Close the sockets."""
        for socket in self.sockets:
            socket.close()

    def hear_sender(self, text: str) -> None:
        kind = text[:32]
        if '"ok"' in kind:
            self.acknowledged += 1
            self.acknowledged_at.append(time.monotonic())
            self._woken.set()
        elif '"error"' in kind:
            raise AssertionError(text)

    def hear_other(self, text: str) -> None:
        if '"message.created"' in text[:40]:
            self.seen += 1
            self.seen_at.append(time.monotonic())
            self._woken.set()

    async def until(self, count: int) -> None:
        """Return when ``count`` messages were acknowledged and seen. Raises TimeoutError."""
        async with asyncio.timeout(WAIT):
            while self.acknowledged < count or self.seen < count:
                self._woken.clear()
                await self._woken.wait()


class Pair(Journal):
    """The product's: a visitor writes, the operator sees it in the inbox."""

    def __init__(self, conversation_id: UUID | str) -> None:
        super().__init__(conversation_id)
        self._greeted: asyncio.Queue[None] = asyncio.Queue()

    @classmethod
    async def connect(cls, scene: PairScene, *, visitors: Process, operators: Process | None = None) -> Self:
        """Open both sockets, on one process or on two, and let both be greeted."""
        pair = cls(scene.conversation_id)
        home = operators or visitors
        visitor = await Client.connect(port=visitors.port, path="/ws/contact/", heard=pair._visitor_heard)
        visitor.send(type="hello", token=scene.visitor_token)
        operator = await Client.connect(
            port=home.port,
            path="/ws/operator/",
            heard=pair._operator_heard,
            headers={"Cookie": scene.operator_cookie, "Origin": home.origin},
        )
        pair.sockets = [visitor, operator]
        async with asyncio.timeout(WAIT):
            await pair._greeted.get()
            await pair._greeted.get()
        return pair

    def _visitor_heard(self, text: str) -> None:
        if '"welcome"' in text[:24]:
            self._greeted.put_nowait(None)
        else:
            self.hear_sender(text)

    def _operator_heard(self, text: str) -> None:
        if '"welcome"' in text[:24]:
            self._greeted.put_nowait(None)
        else:
            self.hear_other(text)


class Plain(Journal):
    """A baseline's: one socket that is answered, or two in a room of which the second sees."""

    @classmethod
    async def connect(cls, process: Process, *, path: str, room: str, has_other: bool = False) -> Self:
        plain = cls(room)
        heard = plain.hear_sender if has_other else plain._echoed
        plain.sockets = [await Client.connect(port=process.port, path=path, heard=heard)]
        if has_other:
            plain.sockets.append(await Client.connect(port=process.port, path=path, heard=plain.hear_other))
        return plain

    def _echoed(self, text: str) -> None:
        self.acknowledged += 1  # an echo: answered is seen
        self.seen += 1
        self._woken.set()


async def closed_loop(pairs: Sequence[Journal], *, each: int) -> float:
    """Let every pair send ``each`` messages, the next when the last was seen; return messages a second."""
    begun = time.monotonic()
    await asyncio.gather(*(_one_after_another(pair, each) for pair in pairs))
    return each * len(pairs) / (time.monotonic() - begun)


async def _one_after_another(pair: Journal, count: int) -> None:
    pair.restart()
    for number in range(count):
        pair.send()
        await pair.until(number + 1)
