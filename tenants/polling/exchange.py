"""What one event loop knows of polling: the sessions it owns, the requests that wait here, and its mail."""

import asyncio
import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

import structlog
from redis.exceptions import RedisError

from tenants.draining import Application, drain
from tenants.errors import Unavailable
from tenants.per_loop import PerLoop
from tenants.polling.lists import Lists, Mail
from tenants.polling.session import Session

log = structlog.get_logger()

MOST_SESSIONS: Final = 2_000
BEAT_SECONDS: Final = 2.0
AWAY: Final = (RedisError, OSError, TimeoutError)


class Waiting:
    """A request that waits, by name, for frames of a session."""

    def __init__(self, *, process: str, session: str) -> None:
        self.name = f"{process}:{secrets.token_hex(8)}"
        self.session = session
        self.owner = ""
        self.woken = asyncio.Event()


class Exchange:
    """The polling of one event loop."""

    def __init__(self) -> None:
        self.process = secrets.token_hex(8)
        self.lists = Lists()
        self._mail = Mail(self.process)
        self._sessions: dict[str, Session] = {}
        # Those that ended without a word to the client.
        self._over: set[str] = set()
        self._waiting: dict[str, Waiting] = {}
        self._tasks: list[asyncio.Task[None]] = []

    # --- Sessions

    async def open(
        self, application: Application, scope: Mapping[str, Any], *, bound: str, frames: list[Any]
    ) -> str:
        """Begin a session with its first frames and return its id, which is a secret.

        Raises Unavailable when this process has as many as it takes.
        """
        if len(self._sessions) >= MOST_SESSIONS:
            raise Unavailable(retry_after=5)
        self._start()
        secret, number = secrets.token_urlsafe(24), 1 if frames else 0
        await self.lists.open(id=secret, owner=self.process, bound=bound, frames_number=number)
        session = self._sessions[secret] = Session(id=secret, lists=self.lists, posted=number)
        session.hear(frames)
        session.start(application, scope, on_end=lambda: self._forget(session))
        return secret

    def _forget(self, session: Session) -> None:
        del self._sessions[session.id]
        if not session.has_told:
            self._over.add(session.id)

    # --- Waiting

    def wait_for(self, session: str) -> Waiting:
        """Announce a request that will wait; ``stop`` takes it back."""
        self._start()
        waiting = Waiting(process=self.process, session=session)
        self._waiting[waiting.name] = waiting
        return waiting

    def stop(self, waiting: Waiting) -> None:
        self._waiting.pop(waiting.name, None)

    def _wake_all(self) -> None:
        """Let every request look by itself: words may have been lost."""
        for waiting in self._waiting.values():
            waiting.woken.set()

    # --- Mail

    def _start(self) -> None:
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._beat())]

    async def _read(self) -> None:
        while True:
            try:
                word = await self._mail.next()
            except AWAY as error:
                log.warning("polling.no_mail", error=str(error))
                self._wake_all()
                await asyncio.sleep(0.5)
                continue
            if word is not None:
                self._obey(*word.split(" ", 3))

    def _obey(self, kind: str, name: str, number: str = "0", frames: str = "[]") -> None:
        if kind == "wake":
            if name in self._waiting:
                self._waiting[name].woken.set()
        elif session := self._sessions.get(name):
            if kind == "post":
                session.take(int(number), json.loads(frames))
            else:
                session.end(1000)
        elif kind == "post":
            self._over.add(name)

    # --- Life

    async def _beat(self) -> None:
        """Say that this process lives, end the sessions nobody asks for, wake those whose owner died."""
        while True:
            try:
                await self._look()
            except AWAY as error:
                log.warning("polling.no_beat", error=str(error))
            await asyncio.sleep(BEAT_SECONDS)

    async def _look(self) -> None:
        if drain.has_told:
            self._wake_all()
        for secret in list(self._over):
            await self.lists.drop(secret)
            self._over.discard(secret)
        owned = dict(self._sessions)
        owners = {waiting.owner for waiting in self._waiting.values()} - {"", self.process}
        sessions, processes = await self.lists.live(process=self.process, ids=owned, owners=owners)
        for session in owned.values():
            if session.id not in sessions:
                session.end()
        for waiting in self._waiting.values():
            if waiting.owner in owners - processes:
                waiting.woken.set()


# The exchange of the running loop.
exchange = PerLoop(Exchange)
