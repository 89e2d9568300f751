"""The door of sockets: parse a frame, find the command, answer, forward what is published. No rules.

Has a loop of its own, because the one of Channels cleans up database connections through a thread before
every event, which costs two to four times an echo, and subscribes every socket at the broker by itself.
Here the clean-up happens around real database work only, and the process's hub subscribes for all.
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cached_property
from typing import Any, ClassVar, Final, ParamSpec, TypeVar
from uuid import uuid4

import orjson
import structlog
from channels.consumer import AsyncConsumer
from channels.db import database_sync_to_async
from django.conf import settings
from django.utils import translation

from tenants.address import address_of
from tenants.errors import BadRequest, DomainError, TooManyRequests, Unavailable, error_frame
from tenants.events.fanout import encoded
from tenants.events.hub import hub
from tenants.permissions import Actor
from tenants.rate_limit import Bucket
from tenants.scoping import tenant_scope

log = structlog.get_logger()

MAX_FRAME: Final = 32 * 1024
HELLO_SECONDS: Final = 10.0
HEARTBEAT_SECONDS: Final = 25.0
# A socket that takes no more than this many frames is closed: it comes back and asks for what it missed.
MOST_WAITING: Final = 500
RESYNC: Final = 4409
FAILED: Final = 1011
# After the broker was away, all sockets compare their positions, but not all at once.
SUSPECT_SECONDS: Final = 5.0
WELCOME_SECONDS: Final = 1.0
# Heads are read for many sockets at once: a heartbeat takes them so old, an answer to a ping so old.
STALE_SECONDS: Final = 10.0
FRESH_SECONDS: Final = 0.5

P = ParamSpec("P")
R = TypeVar("R")
Command = Callable[[Any, dict[str, Any]], Awaitable[dict[str, Any] | None]]


class Socket(AsyncConsumer):
    """One WebSocket. Subclasses fill ``commands`` with ``name -> method``.

    A method gets the frame and returns the fields of the ``ok`` answer, or None for no answer.
    """

    commands: ClassVar[dict[str, Command]] = {}
    actor: Actor | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope, self._asgi_send = scope, send
        self.channel_name = uuid4().hex
        rate, burst = settings.PARLEY_SOCKET_LIMITS
        self.bucket = Bucket(rate=rate, burst=burst)
        self.groups: set[str] = set()
        self.heartbeat: asyncio.TimerHandle | None = None
        self._beating: asyncio.Task[None] | None = None
        self._doubted_at = 0.0
        self.is_open = True
        self._waiting: deque[dict[str, Any]] = deque()
        self._is_sending = False
        self._sending: asyncio.Task[None] | None = None
        await receive()  # websocket.connect
        try:
            await self.opened()
            while (message := await receive())["type"] == "websocket.receive":
                await self.websocket_receive(message)
        finally:
            await self._left()

    # --- What subclasses do

    async def opened(self) -> None:
        """Accept or refuse the handshake."""

    async def closed(self) -> None:
        """Leave the groups."""

    async def heads(self, *, since: float) -> dict[str, int]:
        """Return the head of each conversation this socket follows, read after ``since`` (the loop's clock)."""
        return {}

    # --- The life of a socket

    async def _left(self) -> None:
        self.is_open = False
        self._waiting.clear()
        self._stop_heartbeat()
        try:
            await self.closed()
        finally:
            for group in list(self.groups):
                await self.leave(group)

    @cached_property
    def address(self) -> str | None:
        """Return the network address of whoever opened the socket."""
        return address_of(self.scope)

    async def accept(self) -> None:
        await self._asgi_send({"type": "websocket.accept"})

    async def close(self, code: int) -> None:
        if self.is_open:
            self.is_open = False
            self._stop_heartbeat()
            await self._transmit({"type": "websocket.close", "code": code})

    async def send_frame(self, frame: dict[str, Any]) -> None:
        if self.is_open:
            await self._transmit({"type": "websocket.send", "text": encoded(frame)})

    async def _transmit(self, message: dict[str, Any]) -> None:
        self._waiting.append(message)
        if not self._is_sending:
            self._is_sending = True
            await self._send_waiting()

    async def _send_waiting(self) -> None:
        """Send what waits, in order; one at a time, however many ask."""
        try:
            while self._waiting:
                await self._asgi_send(self._waiting.popleft())
        except (OSError, RuntimeError):
            # The client went away in the middle; the server tells us so with the next event. Should it be there still,
            # it must not take a socket that is mute for one on which nothing happens.
            self.is_open = False
            self._waiting.clear()
            with suppress(OSError, RuntimeError):
                await self._asgi_send({"type": "websocket.close", "code": FAILED})
        finally:
            self._is_sending = False

    # --- Groups

    async def join(self, group: str) -> None:
        if group not in self.groups:
            self.groups.add(group)
            await hub().join(group, self)

    async def leave(self, group: str) -> None:
        if group in self.groups:
            self.groups.discard(group)
            await hub().leave(group, self)

    def deliver(self, text: str) -> None:
        """Forward what was published to one of the groups. A client that does not keep up is sent away."""
        if not self.is_open:
            return
        if len(self._waiting) >= MOST_WAITING:
            self.is_open = False
            self._waiting.clear()
            self._waiting.append({"type": "websocket.close", "code": RESYNC})
        else:
            self._waiting.append({"type": "websocket.send", "text": text})
        if not self._is_sending:
            self._is_sending = True
            self._sending = asyncio.create_task(self._send_waiting())

    def suspect(self) -> None:
        """Have the next heartbeat soon: hints may have been lost."""
        if self.heartbeat is not None and self.is_open:
            self.start_heartbeat(within=SUSPECT_SECONDS)

    # --- Frames

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        if not self.is_open:
            return  # what was still on its way when we closed
        text = message.get("text")
        if text is None or len(text) > MAX_FRAME:
            await self.send_frame(error_frame(BadRequest("Frames are JSON text of up to 32 KB.")))
            await self.close(4400)
            return
        frame = _parsed(text)
        if frame is None:
            await self.send_frame(error_frame(BadRequest("Frames are JSON objects with a type.")))
            await self.close(4400)
            return
        ref = frame.get("ref") if isinstance(frame.get("ref"), str) else None
        if not self.bucket.take():
            await self._flooded(ref)
            return
        try:
            fields = await self.answer(frame)
        except DomainError as error:
            await self.send_frame(self.refusal(error, ref))
        except Exception:  # the socket outlives a fault of ours; the client keeps its text and retries
            log.exception("socket.command_failed", command=frame["type"])
            await self.send_frame(self.refusal(Unavailable(retry_after=2), ref))
        else:
            if fields is not None:
                await self.send_frame({"type": "ok", "ref": ref, **fields})

    async def _flooded(self, ref: str | None) -> None:
        wait = self.bucket.seconds_until_free()
        await self.send_frame(error_frame(TooManyRequests(retry_after=wait), ref=ref))
        if self.bucket.refused > self.bucket.burst:
            await self.close(4429)

    async def answer(self, frame: dict[str, Any]) -> dict[str, Any] | None:
        """Carry out a command. Raises BadRequest for one that does not exist."""
        if frame["type"] == "ping":
            since = asyncio.get_running_loop().time() - FRESH_SECONDS
            await self.send_frame({"type": "pong", "heads": await self.heads(since=since)})
            return None
        command = self.commands.get(frame["type"])
        if command is None:
            raise BadRequest("There is no such command.")
        return await command(self, frame)

    def refusal(self, error: DomainError, ref: str | None) -> dict[str, Any]:
        """Return an error frame in the language of whoever asked."""
        language = (self.actor.language if self.actor else "") or "en"
        with translation.override(language):
            return error_frame(error, ref=ref)

    # --- Heartbeat

    def start_heartbeat(self, *, within: float) -> None:
        """Tell the heads soon, then every 25 seconds: a client that is behind asks for what it missed.

        What was published between the snapshot and now, or while the hub was deaf, is found by the first.
        """
        self._doubted_at = asyncio.get_running_loop().time()
        self._beat_in(random.uniform(within / 4, within), renews=False)  # noqa: S311 - spreads load

    def _beat_in(self, pause: float, *, renews: bool) -> None:
        # A timer, and no task that sleeps: of idle sockets there are many.
        if self.heartbeat is not None:
            self.heartbeat.cancel()
        self.heartbeat = asyncio.get_running_loop().call_later(pause, self._begin_beat, renews)

    def _begin_beat(self, renews: bool) -> None:  # noqa: FBT001 - call_later knows no keywords
        self._beat_in(HEARTBEAT_SECONDS, renews=True)
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat(renews=renews))

    async def _beat(self, *, renews: bool) -> None:
        try:
            since = max(self._doubted_at, asyncio.get_running_loop().time() - STALE_SECONDS)
            await self.send_frame({"type": "heartbeat", "heads": await self.heads(since=since)})
            if renews:
                await self.refresh()
        except Exception:  # a heartbeat that fails once is repaired by the next
            log.exception("socket.heartbeat_failed")
        finally:
            self._beating = None

    def _stop_heartbeat(self) -> None:
        if self.heartbeat is not None:
            self.heartbeat.cancel()
        if self._beating is not None and self._beating is not asyncio.current_task():
            self._beating.cancel()

    async def refresh(self) -> None:
        """Do what has to be done now and then while the socket is open."""

    # --- Database work

    async def in_scope(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run synchronous work in a thread of the pool, inside the tenant's scope."""
        actor = self.actor
        assert actor is not None, "a socket works for somebody"  # noqa: S101 - narrows the type

        def scoped() -> R:
            with translation.override(actor.language or "en"), tenant_scope(actor.tenant_id):
                return work(*args, **kwargs)

        return await database_sync_to_async(scoped, thread_sensitive=False)()


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        frame = orjson.loads(text)
    except ValueError:
        return None
    return frame if isinstance(frame, dict) and isinstance(frame.get("type"), str) else None
