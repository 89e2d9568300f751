"""How a web process goes: it says so, sends its sockets elsewhere, finishes what runs. The same under every server.

SIGTERM makes ``/readyz`` answer 503. After a short notice the process stops listening, tells every socket
``{"type": "reconnect", "within": seconds}`` and closes those that are still there with 1012, one after the other over
that time, so that the other processes do not meet them all at once.
"""

import asyncio
import contextlib
import json
import signal
import threading
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from django.conf import settings

log = structlog.get_logger()

RESTART: Final = 1012
# A balancer that asks /readyz every second or two learns of it before connections are refused.
MOST_NOTICE: Final = 2.0
# Requests and sockets that do not end by themselves are left after so many seconds more.
FINISH_SECONDS: Final = 15.0

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Receive, Send], Awaitable[None]]


async def _drop() -> None:
    """Send nothing: the socket was closed from here."""


class OpenSocket:
    """The server's end of one socket, between the server and the application."""

    def __init__(self, send: Send, drain: "Drain") -> None:
        self._send, self._drain = send, drain
        self.is_accepted = self.is_closed = False

    def send(self, message: Message) -> Awaitable[None]:
        """Pass on what the application sends. No coroutine of our own: this is the hot path."""
        if self.is_closed:
            return _drop()
        if message["type"] == "websocket.send":
            return self._send(message)
        if message["type"] == "websocket.accept":
            return self._accept(message)
        self.is_closed = True
        return self._send(message)

    async def _accept(self, message: Message) -> None:
        self.is_accepted = True
        await self._send(message)
        if self._drain.has_told:
            await self._send(self._drain.farewell())

    async def tell(self) -> None:
        if self.is_accepted and not self.is_closed:
            await self._quietly(self._drain.farewell())

    async def close(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            await self._quietly({"type": "websocket.close", "code": RESTART})

    async def _quietly(self, message: Message) -> None:
        with contextlib.suppress(OSError, RuntimeError):  # gone in the meantime
            await self._send(message)


class Drain:
    """What runs in this process, and how it comes to an end. ``around()`` is an ASGI application."""

    def __init__(self) -> None:
        self.is_draining = self.has_told = False
        self._sockets: dict[int, OpenSocket] = {}
        self._running = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def around(self, application: Any) -> Application:
        """Return the application, its sockets and requests counted."""

        async def counted(scope: Any, receive: Receive, send: Send) -> None:
            if scope["type"] == "websocket":
                await self.socket(application, scope, receive, send)
            elif scope["type"] == "http":
                await self._request(application, scope, receive, send)
            else:
                await self._live(receive, send)

        return counted

    async def socket(self, application: Application, scope: Any, receive: Receive, send: Send) -> None:
        """Run one socket's application; it is told and closed when the process goes."""
        opened = OpenSocket(send, self)
        self._sockets[id(opened)] = opened
        self._running += 1
        try:
            await application(scope, receive, opened.send)
        finally:
            self._running -= 1
            self._sockets.pop(id(opened), None)

    async def _request(self, application: Application, scope: Any, receive: Receive, send: Send) -> None:
        def answer(message: Message) -> Awaitable[None]:
            if self.is_draining and message["type"] == "http.response.start":
                # A proxy that keeps connections open opens its next one to another process.
                message = {**message, "headers": [*message.get("headers", []), (b"connection", b"close")]}
            return send(message)

        self._running += 1
        try:
            await application(scope, receive, answer)
        finally:
            self._running -= 1

    def farewell(self) -> Message:
        """Return the frame that sends a client elsewhere."""
        within = settings.PARLEY_DRAIN_SECONDS
        return {"type": "websocket.send", "text": json.dumps({"type": "reconnect", "within": within})}

    async def drain(self, *, stop_listening: Callable[[], None]) -> None:
        """Send everybody elsewhere; returns when nothing runs any more, or in spite of what will not end."""
        self.is_draining = True
        window = float(settings.PARLEY_DRAIN_SECONDS)
        await asyncio.sleep(min(MOST_NOTICE, window / 10))
        stop_listening()
        self.has_told = True
        log.info("draining", sockets=len(self._sockets), running=self._running, seconds=window)
        for opened in self._sockets.values():
            self._soon(opened.tell())
        clock = asyncio.get_running_loop().time
        end = clock() + window
        while self._sockets:
            # Evenly over what is left of the time: those who leave by themselves give theirs to the others.
            await asyncio.sleep(max(0.0, end - clock()) / (len(self._sockets) + 1))
            if self._sockets:
                self._soon(self._sockets.pop(next(iter(self._sockets))).close())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._finished(), FINISH_SECONDS)
        log.info("drained", still_running=self._running)

    async def _finished(self) -> None:
        while self._running:  # noqa: ASYNC110  asked ten times a second, once in the life of a process
            await asyncio.sleep(0.1)

    def _soon(self, work: Any) -> None:
        """Start without waiting: a client that reads slowly keeps nobody else."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- uvicorn, which stops at once on SIGTERM: its own handler is asked when we are done

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                if threading.current_thread() is threading.main_thread():
                    self._catch_sigterm()
                await send({"type": "lifespan.startup.complete"})
            else:
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _catch_sigterm(self) -> None:
        server: Any = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
        if not (hasattr(server, "should_exit") and hasattr(server, "handle_exit")):
            return
        loop = asyncio.get_running_loop()

        def stop_listening() -> None:
            for listener in server.servers:
                listener.close()

        async def leave() -> None:
            await self.drain(stop_listening=stop_listening)
            server.should_exit = True

        def begin(number: int, frame: Any) -> None:
            if self.is_draining:
                server.handle_exit(number, frame)  # asked twice: now
            else:
                self.is_draining = True
                loop.call_soon_threadsafe(lambda: self._soon(leave()))

        signal.signal(signal.SIGTERM, begin)


drain = Drain()
