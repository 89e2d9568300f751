"""A client of both sockets in a hundred lines, written from ARCHITECTURE.md alone."""

import asyncio
import json
import random
import uuid
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

Frame = dict[str, Any]


class Client:
    """Stays connected, follows conversations without a hole, and sends each message exactly once."""

    def __init__(self, url: str, *, hello: Frame | None = None, **handshake: Any) -> None:
        self.url, self.hello, self.handshake = url, hello, handshake
        self.positions: dict[str, int] = {}  # conversation -> the last position applied
        self.texts: dict[str, list[str]] = {}
        self.waiting: dict[str, asyncio.Future[Frame]] = {}
        self.online = asyncio.Event()
        self.socket: ClientConnection | None = None

    async def run(self) -> None:
        """Connect, and connect again, for ever; a growing random pause lies in between."""
        attempt = 0
        while True:
            with suppress(OSError, ConnectionClosed, TimeoutError):
                async with connect(self.url, **self.handshake) as self.socket:
                    if self.hello:
                        await self._write(self.hello)
                    async for text in self.socket:
                        await self._receive(json.loads(text))
                        attempt = 0
            self.online.clear()
            for answer in self.waiting.values():
                answer.cancel()
            self.waiting.clear()
            await asyncio.sleep(random.uniform(0, min(30, 0.5 * 2**attempt)))
            attempt += 1

    async def ask(self, type: str, **fields: Any) -> Frame:
        """Send a command until it is answered; the client_id makes a repetition harmless."""
        while True:
            await self.online.wait()
            ref = uuid.uuid4().hex
            answer = self.waiting[ref] = asyncio.get_running_loop().create_future()
            with suppress(ConnectionClosed, TimeoutError, asyncio.CancelledError):
                await self._write({"type": type, "ref": ref, **fields})
                return await asyncio.wait_for(answer, 10)
            await asyncio.sleep(0.1)

    async def send(self, conversation_id: str, text: str) -> Frame:
        client_id = str(uuid.uuid4())
        return await self.ask("message.send", conversation_id=conversation_id, client_id=client_id, text=text)

    async def follow(self, conversation_id: str, position: int = 0) -> None:
        self.positions.setdefault(conversation_id, position)
        await self._resume(conversation_id)

    async def _write(self, frame: Frame) -> None:
        assert self.socket is not None
        await self.socket.send(json.dumps(frame))

    async def _resume(self, conversation_id: str) -> None:
        position = self.positions[conversation_id]
        await self._write({"type": "resume", "conversation_id": conversation_id, "position": position})

    async def _receive(self, frame: Frame) -> None:
        if frame.get("ref") in self.waiting:
            self.waiting.pop(frame["ref"]).set_result(frame)
        if frame["type"] == "welcome":
            self.online.set()
            for conversation_id in self.positions:
                await self._resume(conversation_id)
        elif frame["type"] in {"heartbeat", "pong"}:
            await self._compare(frame["heads"])
        elif frame["type"] == "events":
            for event in frame["events"]:
                await self._apply(event)
            if frame["events"]:  # perhaps not the last part
                await self._compare({frame["conversation_id"]: frame["head"]})
        elif "position" in frame and frame["type"] not in {"read.changed", "delivered.changed"}:
            await self._apply(frame)

    async def _compare(self, heads: dict[str, int]) -> None:
        for conversation_id, head in heads.items():
            if head > self.positions.get(conversation_id, head):
                await self._resume(conversation_id)

    async def _apply(self, event: Frame) -> None:
        conversation_id, position = event.get("conversation_id"), event["position"]
        if conversation_id not in self.positions:
            return
        if position == self.positions[conversation_id] + 1:
            self.positions[conversation_id] = position
            if event["type"] == "message.created":
                self.texts.setdefault(conversation_id, []).append(event["message"]["text"])
        elif position > self.positions[conversation_id]:
            await self._resume(conversation_id)
