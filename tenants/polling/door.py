"""The door of polling: one POST to ask and to say, one DELETE to leave. See ARCHITECTURE.md for the protocol."""

import asyncio
import hashlib
import json
import math
import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.conf import settings
from django.http.cookie import parse_cookie

from tenants.address import address_of
from tenants.draining import Receive, Send, drain
from tenants.errors import BadRequest, DomainError, MethodNotAllowed, NotFound, TooLarge, Unavailable, problem
from tenants.polling.exchange import AWAY, Exchange, exchange
from tenants.polling.lists import Asking, Told, over
from tenants.rate_limit import Limit, hands

PREFIX: Final = "/poll"
# Below every proxy's patience, and as long as a heartbeat.
WAIT_SECONDS: Final = 25.0
# A frame has up to 32 Ki characters, of at most 4 bytes; few have more than one.
MOST_BODY: Final = 64 * 1024  # bytes
MOST_FRAMES: Final = 50
# Sessions opened from one address. An office behind one has many tabs.
OPENINGS: Final = Limit(rate=10, burst=200, handful=5)
LARGEST_NUMBER: Final = 2**53
SECRET: Final = re.compile(r"[\w-]{32}", re.ASCII)


class Gone(Exception):
    """The client went away in the middle of its request."""


class Polling:
    """An ASGI application for the requests under /poll; all others go to ``otherwise``.

    ``sockets`` is the application of the sockets, which takes a ``websocket`` scope at one of ``paths``.
    """

    def __init__(self, sockets: Any, *, paths: Collection[str], otherwise: Any) -> None:
        self.sockets, self.paths, self.otherwise = sockets, paths, otherwise

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if not scope["path"].startswith(PREFIX + "/"):
            await self.otherwise(scope, receive, send)
            return
        try:
            await self._answer(scope, receive, send)
        except DomainError as error:
            await _refuse(send, error)
        except AWAY:
            await _refuse(send, Unavailable(retry_after=2))
        except Gone:
            pass

    async def _answer(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["path"].removeprefix(PREFIX) not in self.paths:
            raise NotFound()
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        secret, bound = headers.get("x-poll-session", ""), binding(scope, headers)
        if secret and not SECRET.fullmatch(secret):
            raise over()
        if scope["method"] == "DELETE":
            await exchange().lists.leave(id=secret, bound=bound)
            await _send(send, status=204)
            return
        if scope["method"] != "POST":
            raise MethodNotAllowed()
        frames = await _frames(receive)
        if secret:
            await self._go_on(headers, frames, Asking(id=secret, bound=bound), receive, send)
        else:
            await self._open(scope, frames, bound, send)

    async def _open(self, scope: Any, frames: list[Any], bound: str, send: Send) -> None:
        await hands().spend(f"polls:{address_of(scope)}", OPENINGS)
        as_socket = {
            **{name: scope[name] for name in ("asgi", "headers", "client", "server") if name in scope},
            "type": "websocket",
            "scheme": "wss" if scope.get("scheme") == "https" else "ws",
            "path": scope["path"].removeprefix(PREFIX),
            "query_string": b"",
            "root_path": "",
            "subprotocols": [],
        }
        here = exchange()
        secret = await here.open(self.sockets, as_socket, bound=bound, frames=frames)
        told = await here.lists.ask(Asking(id=secret, bound=bound))
        await _tell(send, told, session=secret)

    async def _go_on(
        self, headers: Mapping[str, str], frames: list[Any], asking: Asking, receive: Receive, send: Send
    ) -> None:
        seen = _number(headers, "x-poll-seen")
        number = _number(headers, "x-poll-number") if frames else 0
        if frames and not number:
            raise BadRequest("Say the number of this post in X-Poll-Number, from 1 up.")
        here = exchange()
        said = json.dumps(frames) if frames else ""
        if frames or drain.has_told:
            asking = Asking(id=asking.id, bound=asking.bound, seen=seen, number=number, frames=said)
            told = await here.lists.ask(asking)
        else:
            told = await _waited(here, Asking(id=asking.id, bound=asking.bound, seen=seen), receive)
        await _tell(send, told, session=asking.id)


async def _waited(here: Exchange, asking: Asking, receive: Receive) -> Told:
    """Return what there is, or will be soon. Woken once, whatever by: the client comes again anyway."""
    waiting = here.wait_for(asking.id)
    try:
        told = await here.lists.ask(
            Asking(id=asking.id, bound=asking.bound, seen=asking.seen, waiting=waiting.name)
        )
        if told.frames:
            return told
        waiting.owner = told.owner
        woken, gone = asyncio.ensure_future(waiting.woken.wait()), asyncio.ensure_future(_hung_up(receive))
        try:
            await asyncio.wait({woken, gone}, timeout=WAIT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                raise Gone
        finally:
            woken.cancel()
            gone.cancel()
    finally:
        here.stop(waiting)
    return await here.lists.ask(asking)


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def binding(scope: Mapping[str, Any], headers: Mapping[str, str]) -> str:
    """Return what must be the same in every request of a session: its path, the page's origin, the log-in."""
    log_in = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    parts = json.dumps([scope["path"], headers.get("origin"), log_in])
    return hashlib.sha256(parts.encode()).hexdigest()


def _number(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) < 17 and int(text) < LARGEST_NUMBER):
        raise BadRequest(f"{name} is a whole number.")
    return int(text)


async def _frames(receive: Receive) -> list[Any]:
    """Return the frames of a body: a JSON array, empty when there is no body."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > MOST_BODY:
            raise TooLarge()
        if not message.get("more_body", False):
            break
    try:
        frames = json.loads(body or b"[]")
    except (ValueError, RecursionError):
        frames = None
    if not isinstance(frames, list) or len(frames) > MOST_FRAMES:
        raise BadRequest(f"Send a JSON array of up to {MOST_FRAMES} frames.")
    return frames


async def _tell(send: Send, told: Told, *, session: str) -> None:
    headers = {"X-Poll-Session": session, "X-Poll-Seen": str(told.last)}
    await _send(send, status=200, body=f"[{','.join(told.frames)}]", headers=headers)


async def _refuse(send: Send, error: DomainError) -> None:
    wait = {} if error.retry_after is None else {"Retry-After": str(math.ceil(error.retry_after))}
    await _send(
        send,
        status=error.status,
        body=json.dumps(problem(error)),
        headers={"Content-Type": "application/problem+json", **wait},
    )


async def _send(send: Send, *, status: int, body: str = "", headers: Mapping[str, str] | None = None) -> None:
    content = body.encode()
    own = {
        "Content-Type": "application/json",
        "Content-Length": str(len(content)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    start = [
        (name.lower().encode(), value.encode("latin-1")) for name, value in {**own, **(headers or {})}.items()
    ]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": content})
