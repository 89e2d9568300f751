"""A visitor's tab, as the widget behaves: it reconnects, sends again what was not acknowledged, and resumes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import websockets
from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Tab:
    """Keeps a journal: what was acknowledged, and what was shown, in the order of positions."""

    url: str
    token: str
    conversation_id: UUID
    outbox: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    position: int = 0
    connections: int = 0
    sent: int = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Tab"]:
        """Live until the end of the block, whatever happens to the server."""
        living = asyncio.create_task(self._live())
        try:
            yield self
        finally:
            living.cancel()
            with suppress(asyncio.CancelledError):
                await living

    def say(self, client_id: str, text: str) -> None:
        """Put a message into the outbox; it stays there until it is acknowledged."""
        self.outbox[client_id] = text

    async def until(self, reached: Any, *, seconds: float = 90) -> None:
        """Wait until ``reached()``. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not reached():  # noqa: ASYNC110  it asks the state of two tabs
                await asyncio.sleep(0.02)

    async def _live(self) -> None:
        while True:
            try:
                async with connect(self.url, open_timeout=20) as socket:
                    await self._greet(socket)
                    self.connections += 1
                    async with asyncio.TaskGroup() as group:
                        group.create_task(self._listen(socket))
                        group.create_task(self._send(socket))
            except* (OSError, websockets.WebSocketException, TimeoutError, EOFError):
                await asyncio.sleep(0.2)

    async def _greet(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps({"type": "hello", "token": self.token}))
        welcome = json.loads(await asyncio.wait_for(socket.recv(), 20))
        assert welcome["type"] == "welcome", welcome
        await self._resume(socket)

    async def _resume(self, socket: ClientConnection) -> None:
        frame = {"type": "resume", "conversation_id": str(self.conversation_id), "position": self.position}
        await socket.send(json.dumps({**frame, "ref": "resume"}))

    async def _send(self, socket: ClientConnection) -> None:
        """Send what waits, oldest first, again and again until it is acknowledged; ask for the head meanwhile."""
        tried: set[str] = set()
        turn = 0
        while True:
            for client_id, text in list(self.outbox.items()):
                if client_id not in tried:
                    tried.add(client_id)
                    self.sent += 1
                    frame = {"type": "message.send", "ref": client_id, "client_id": client_id, "text": text}
                    await socket.send(json.dumps({**frame, "conversation_id": str(self.conversation_id)}))
                    await asyncio.sleep(0.03)
            turn += 1
            if turn % 20 == 0:
                await socket.send(json.dumps({"type": "ping"}))
                tried &= set()  # what is still in the outbox was not answered: once more
            await asyncio.sleep(0.05)

    async def _listen(self, socket: ClientConnection) -> None:
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "ok" and "message" in frame:
                self.acknowledged[frame["ref"]] = frame["message"]["text"]
                self.outbox.pop(frame["ref"], None)
                self._apply_own(frame["message"])
            elif frame["type"] == "events":
                for event in frame["events"]:
                    self._apply(event)
            elif frame["type"] in {"pong", "heartbeat"}:
                if frame["heads"].get(str(self.conversation_id), 0) > self.position:
                    await self._resume(socket)
            elif frame.get("position"):
                await self._hear(socket, frame)

    async def _hear(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        if frame["position"] > self.position + 1:
            await self._resume(socket)
        else:
            self._apply(frame)

    def _apply_own(self, message: dict[str, Any]) -> None:
        if message["position"] == self.position + 1:
            self.position = message["position"]
            self.shown.append(message["text"])

    def _apply(self, frame: dict[str, Any]) -> None:
        """Show an event that is the next one; what was applied already has a lower position."""
        if frame["position"] == self.position + 1:
            self.position = frame["position"]
            if frame["type"] == "message.created":
                self.shown.append(frame["message"]["text"])
