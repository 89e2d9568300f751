"""The owner's end of a poll session: to the consumer it is what a server is to a socket."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import structlog
from redis.exceptions import RedisError

from tenants.draining import Application, Message, drain
from tenants.polling.lists import Lists

log = structlog.get_logger()

# What waits for the consumer. Its own limits act long before; this bounds what a flood may hold.
MOST_POSTED: Final = 500
FLOOD: Final = 4429
RESYNC: Final = 4409
# Something went wrong on our side.
FAULT: Final = 1011
GONE: Final = 1006


class Session:
    """One client of this process. ``on_end`` is called once, when the consumer has gone."""

    def __init__(self, *, id: str, lists: Lists, posted: int) -> None:
        self.id, self._lists, self._posted = id, lists, posted
        self._incoming: asyncio.Queue[Message] = asyncio.Queue()
        self._incoming.put_nowait({"type": "websocket.connect"})
        self._number = 0
        self._in_order = asyncio.Lock()
        self._is_closed = False
        # Whether the client was told the end, so that it must still be able to read it.
        self.has_told = False
        self._closing: asyncio.Task[None] | None = None
        self._running: asyncio.Task[None] | None = None

    def start(
        self, application: Application, scope: Mapping[str, Any], *, on_end: Callable[[], None]
    ) -> None:
        """Run the consumer until it or the client leaves."""
        self._running = asyncio.create_task(self._run(application, scope))
        self._running.add_done_callback(lambda _: on_end())

    async def _run(self, application: Application, scope: Mapping[str, Any]) -> None:
        try:
            await drain.socket(application, scope, self._incoming.get, self.send)
        except Exception:  # the client is told with the close; nobody else could mend it
            log.exception("polling.consumer_failed")
        await self.close(FAULT)

    # --- From the client

    def take(self, number: int, frames: Iterable[Any]) -> None:
        """Hand the frames of a post to the consumer. One that came before is left out; a missing one ends it all."""
        if number == self._posted + 1:
            self._posted = number
            self.hear(frames)
        elif number > self._posted:
            self.end()

    def hear(self, frames: Iterable[Any]) -> None:
        """Hand frames to the consumer."""
        for frame in frames:
            text = json.dumps(frame, ensure_ascii=False)
            self._incoming.put_nowait({"type": "websocket.receive", "text": text})
        if self._incoming.qsize() > MOST_POSTED and self._closing is None:
            self._closing = asyncio.create_task(self.close(FLOOD))

    def end(self, code: int = GONE) -> None:
        """The client is gone, or as good as gone."""
        self._is_closed = True
        while not self._incoming.empty():
            self._incoming.get_nowait()
        self._incoming.put_nowait({"type": "websocket.disconnect", "code": code})

    # --- To the client

    async def send(self, message: Message) -> None:
        """Put a frame where any process finds it. A client that is too slow is closed."""
        if message["type"] == "websocket.close":
            await self.close(message.get("code", 1000))
        elif message["type"] == "websocket.send" and not self._is_closed:
            await self._put(message["text"])

    async def close(self, code: int) -> None:
        """Tell the client a last thing, and the consumer that the socket is closed."""
        if not self._is_closed:
            self.end(code)
            # Whoever is too slow hears nothing but that: what was missed is found by the positions.
            closes = "only" if code == RESYNC else "last"
            self.has_told = await self._put(json.dumps({"type": "close", "code": code}), closes=closes)

    async def _put(self, text: str, *, closes: str = "") -> bool:
        """Put a frame; the drain may send while the consumer does. Returns whether it is there."""
        async with self._in_order:
            self._number += 1
            try:
                put = await self._lists.put(id=self.id, number=self._number, text=text, closes=closes)
            except (RedisError, OSError, TimeoutError) as error:
                # A frame is lost, so the session is: its client opens another and asks for what it missed.
                log.warning("polling.broker_away", error=str(error))
                put = "gone"
        if put == "full":
            await self.close(RESYNC)
        elif put == "gone" and not self._is_closed:
            self.end()
        return put == "ok"
