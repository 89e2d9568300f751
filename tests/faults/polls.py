"""A client that talks by polls and looks like a socket, after the rules of static/shared/poll.ts."""

import asyncio
import json
import random
import ssl
from collections import deque
from collections.abc import Callable
from typing import Any, Self

from tests.faults.asking import Answer, ask

PATIENCE = 40.0  # the server answers within 25 s
TRIES = 5
SOON, PAUSE = 1.0, 0.5
MOST_FRAMES, MOST_TEXT = 40, 12_000
FIRST_PAUSE, LAST_PAUSE = 0.5, 30.0
GONE, FLOOD = 1006, 4429


class PollClient:
    """One session. Every frame goes to ``heard``, as from a socket; ``ended`` tells the close code."""

    def __init__(
        self, *, port: int, path: str, heard: Callable[[str], None], headers: dict[str, str]
    ) -> None:
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._port, self._path, self._heard, self._headers = port, "/poll" + path, heard, headers
        self._session = ""
        self._seen = self._number = 0
        self._queue: deque[str] = deque()
        self._has_frames = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    async def connect(
        cls,
        *,
        port: int,
        path: str,
        heard: Callable[[str], None],
        headers: dict[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> Self:
        """Open a session on loopback. Raises OSError or TimeoutError when there is none."""
        assert tls is None, "polls go without TLS here"
        client = cls(port=port, path=path, heard=heard, headers=headers or {})
        answer = await client._post("[]", {})
        if answer.status != 200:
            client._complain(answer)
            raise ConnectionError(f"no session: {answer.status}")
        client._session = answer.headers["x-poll-session"]
        client._tasks = [asyncio.create_task(client._listen()), asyncio.create_task(client._flush())]
        return client

    def send(self, **frame: Any) -> None:
        self._queue.append(json.dumps(frame, ensure_ascii=False))
        self._has_frames.set()

    def abort(self) -> None:
        """Leave, in passing; what does not get through, the server finds out by itself."""
        self._end(GONE)
        for task in self._tasks:
            task.cancel()

    # --- Requests

    async def _listen(self) -> None:
        """Keep one request that waits for what comes."""
        loop = asyncio.get_running_loop()
        while not self.ended.done():
            asked = loop.time()
            if not await self._ask("[]", 0) and loop.time() - asked < SOON:
                await asyncio.sleep(PAUSE)

    async def _flush(self) -> None:
        """Send what waits, one request at a time, so that the numbers arrive in order."""
        while not self.ended.done():
            await self._has_frames.wait()
            texts = [self._queue.popleft()]
            size = len(texts[0])
            while self._queue and len(texts) < MOST_FRAMES and size + len(self._queue[0]) <= MOST_TEXT:
                size += len(self._queue[0])
                texts.append(self._queue.popleft())
            if not self._queue:
                self._has_frames.clear()
            self._number += 1
            await self._ask(f"[{','.join(texts)}]", self._number)

    async def _ask(self, body: str, number: int) -> int:
        """Send one request until it is answered or the session is given up. Returns how many frames came."""
        attempt = 0
        while not self.ended.done():
            headers = {"X-Poll-Session": self._session, "X-Poll-Seen": str(self._seen)}
            if number:
                headers["X-Poll-Number"] = str(number)
            wait = 0.0
            try:
                answer = await self._post(body, headers)
            except (OSError, TimeoutError):
                answer = None
            if answer is not None and answer.status == 200:
                return self._take(answer)
            is_passing = answer is None or answer.status >= 500 or answer.status == 429
            if answer is not None:
                self._complain(answer)
                wait = float(answer.headers.get("retry-after", 0))
            if attempt == TRIES or not is_passing:
                self._end(GONE)
            ceiling = min(LAST_PAUSE, FIRST_PAUSE * 2**attempt)
            await asyncio.sleep(wait + random.uniform(0, ceiling))
            attempt += 1
        return 0

    async def _post(self, body: str, headers: dict[str, str]) -> Answer:
        return await ask(
            port=self._port,
            method="POST",
            path=self._path,
            headers={**self._headers, "Content-Type": "application/json", **headers},
            body=body.encode(),
            patience=PATIENCE,
        )

    # --- Answers

    def _take(self, answer: Answer) -> int:
        """Pass on what is new: two requests may have been told the same."""
        frames, last = answer.json(), int(answer.headers["x-poll-seen"])
        fresh = frames[max(0, len(frames) - max(0, last - self._seen)) :]
        self._seen = max(last, self._seen)
        for frame in fresh:
            if self.ended.done():
                break
            if frame["type"] == "close":
                self._session = ""
                self._end(frame["code"])
            else:
                self._heard(json.dumps(frame))
        return len(frames)

    def _complain(self, answer: Answer) -> None:
        """A refusal that is not in the protocol is heard like any error that does not say when to try again."""
        if answer.is_bare and answer.status != 410:
            detail = answer.body[:200].decode(errors="replace")
            self._heard(json.dumps({"type": "error", "code": f"status {answer.status}", "detail": detail}))

    def _end(self, code: int) -> None:
        if not self.ended.done():
            self.ended.set_result(code)
            if self._session:
                self._leaving = asyncio.create_task(self._leave())

    async def _leave(self) -> None:
        headers = {**self._headers, "X-Poll-Session": self._session}
        try:
            await ask(port=self._port, method="DELETE", path=self._path, headers=headers, patience=PAUSE)
        except (OSError, TimeoutError):
            return
