"""A client of the polls, as a stranger would write one from the protocol page."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle
from typing import Any

import httpx2
from asgiref.sync import sync_to_async
from django.conf import settings

from operators.models import Operator
from tests.cast import Visiting
from tests.clients import places
from tests.conversations.sockets.talk import Talk, session_cookie

# Seconds; what should come comes within one of them.
PATIENCE = 60
CONTACT, OPERATOR = "/poll/ws/contact/", "/poll/ws/operator/"


class Closed(Exception):
    """The last frame came, or the session is not there: its code, or the status of the answer."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(str(code))


class Poll(Talk):
    """One session. Its requests go to the ``sites`` in turn; to those of the test, when none are named."""

    def __init__(
        self, path: str, *, headers: dict[str, str] | None = None, sites: list[str] | None = None
    ) -> None:
        self.path, self.headers = path, headers or {}
        self.sites = cycle(sites or places.turns(path))
        self.http = httpx2.AsyncClient(timeout=40)
        self.id = ""
        self.seen_number = self.number = 0
        self.frames: deque[dict[str, Any]] = deque()
        self.seen: list[dict[str, Any]] = []

    async def post(
        self, body: bytes = b"", *, number: int | None = None, seen: int | None = None
    ) -> httpx2.Response:
        """Send one request and return the answer as it is."""
        own = {"X-Poll-Session": self.id, "X-Poll-Number": number, "X-Poll-Seen": seen}
        headers = {name: str(value) for name, value in own.items() if value not in {None, ""}}
        return await self.http.post(
            next(self.sites) + self.path, content=body, headers={**self.headers, **headers}
        )

    async def open(self, *frames: dict[str, Any]) -> None:
        answer = await self.post(json.dumps(frames).encode())
        if answer.status_code != 200:
            raise Closed(answer.status_code)
        self.id = answer.headers["X-Poll-Session"]
        self.number = 1 if frames else 0
        self.take(answer)

    def take(self, answer: httpx2.Response) -> None:
        """Keep the frames that are new."""
        if answer.status_code != 200:
            raise Closed(answer.status_code)
        last, frames = int(answer.headers["X-Poll-Seen"]), answer.json()
        new = min(len(frames), last - self.seen_number)
        self.frames.extend(frames[len(frames) - new :])
        self.seen_number = max(last, self.seen_number)

    async def receive(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while not self.frames:
                self.take(await self.post(seen=self.seen_number))
        frame = self.frames.popleft()
        if frame["type"] == "close":
            raise Closed(frame["code"])
        return frame

    async def say(self, type: str, **fields: Any) -> None:
        await self.say_all({"type": type, **fields})

    async def say_all(self, *frames: dict[str, Any]) -> httpx2.Response:
        """Post frames under the next number; returns the answer, whose frames are kept."""
        self.number += 1
        body = json.dumps(frames, default=str).encode()
        answer = await self.post(body, number=self.number, seen=self.seen_number)
        self.take(answer)
        return answer

    async def leave(self) -> int:
        address = next(self.sites) + self.path
        answer = await self.http.delete(address, headers={**self.headers, "X-Poll-Session": self.id})
        return answer.status_code


@asynccontextmanager
async def polling_visitor(visitor: Visiting, *, sites: list[str] | None = None) -> AsyncIterator[Poll]:
    """Open a visitor's session; ``poll.seen`` begins with the welcome."""
    poll = Poll(CONTACT, sites=sites)
    async with poll.http:
        await poll.open({"type": "hello", "token": visitor.token})
        poll.seen.append(await poll.receive())
        yield poll
        await poll.leave()


async def operator_headers(operator: Operator, *, origin: str = "") -> dict[str, str]:
    cookie = await sync_to_async(session_cookie)(operator)
    return {"Cookie": cookie, "Origin": origin or settings.PARLEY_ORIGIN}


@asynccontextmanager
async def polling_operator(operator: Operator, *, sites: list[str] | None = None) -> AsyncIterator[Poll]:
    """Open an operator's session; ``poll.seen`` begins with the welcome."""
    poll = Poll(
        OPERATOR, headers=await operator_headers(operator, origin=sites[0] if sites else ""), sites=sites
    )
    async with poll.http:
        await poll.open()
        poll.seen.append(await poll.receive())
        yield poll
        await poll.leave()
