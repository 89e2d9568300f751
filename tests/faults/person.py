"""A visitor or an operator whose page behaves as the shipped ones do, and who keeps a journal.

The rules are those of static/shared/transport.ts and outbox.ts: what was written is sent one at a time for each
conversation and again until it is acknowledged, positions are applied without holes, heads are compared, a silent
socket is asked, a lost one is opened again after a random pause that grows.
"""

import asyncio
import json
import random
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tenants.ids import uuid7
from tests.bench.client import Client
from tests.faults.journal import Journal, Seen
from tests.faults.polls import PollClient
from tests.faults.screen import Screen
from tests.faults.state import Change

OPEN_TIMEOUT, COMMAND_TIMEOUT, SILENCE, PONG_TIMEOUT, STABLE = 15.0, 10.0, 40.0, 5.0, 60.0
FIRST_PAUSE, LAST_PAUSE, FLOOD_PAUSE = 0.5, 30.0, 10.0
WELCOMED = 2  # the attempt at which to go on once a server has welcomed
HOLE_PATIENCE = 0.15
RESYNC, FLOOD = 4409, 4429
MOVED = 0  # no code: the page itself goes to another process, as it was told
UNRECORDED = {"read.changed", "unread.changed"}
PASSING = {"unavailable", "too_many_requests", "unauthenticated"}


@dataclass(slots=True)
class Thread:
    """A conversation on the screen, and what is written in it and not yet acknowledged."""

    position: int
    outbox: deque[tuple[str, str]] = field(default_factory=deque)
    ref: str | None = None  # of the message under way
    attempt: int = 0
    resuming: str | None = None  # the command that asks for what was missed
    retry: asyncio.TimerHandle | None = None


@dataclass(kw_only=True)
class Person:
    """``door`` is the port that answers; ``hello`` the first frame, if the socket wants one.

    ``relist`` loads the list of conversations afresh, where a page has one.
    """

    journal: Journal
    door: Callable[[], int]
    path: str
    hello: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    chance: random.Random
    tls: ssl.SSLContext | None = None
    kind: type[Client | PollClient] = Client
    relist: Callable[["Person"], Awaitable[None]] | None = None
    threads: dict[str, Thread] = field(default_factory=dict)
    is_online: bool = False

    def __post_init__(self) -> None:
        self.client: Client | PollClient | None = None
        self.screen = Screen(self.journal.audience)
        self.attempt = 0
        self._reading: dict[str, Change] = {}  # by the command that tells it
        self._unheard: set[str] = set()  # read, and told to nobody who has answered
        self._relisting: asyncio.Task[None] | None = None
        self._number = 0
        self._deadlines: dict[str, float] = {}
        self._heard_at = 0.0
        self._probed_at: float | None = None
        self._move_at: float | None = None
        self._lost_at = self.now()

    @staticmethod
    def now() -> float:
        return asyncio.get_running_loop().time()

    @property
    def is_waiting(self) -> bool:
        return any(thread.outbox for thread in self.threads.values())

    def follow(self, conversation: str, position: int) -> None:
        """Have a conversation on the screen from a position on."""
        self.threads[conversation] = Thread(position)
        self.journal.follows[conversation] = position

    def say(self, conversation: str, text: str) -> None:
        """Write a message; it waits in the outbox until it is acknowledged."""
        client_id = str(uuid7())
        self.journal.sent[client_id] = (conversation, text)
        self.threads[conversation].outbox.append((client_id, text))
        self._flush(conversation)

    def read(self, conversation: str) -> None:
        """Have everything up to here before the eyes; whoever is not heard tells it again."""
        if not self.is_online:
            self._unheard.add(conversation)
            return
        position = self.threads[conversation].position
        told = {"conversation_id": conversation, "position": position}
        if self.journal.audience == "operators":
            row = self.screen.rows.get(conversation)
            all_read = {"unread_count": 0, "head": row["position"] if row else 0}
            self.screen.hear({"type": "unread.changed", "conversation_id": conversation, **all_read})
        else:
            self.screen.hear({"type": "read.changed", "audience": "contact", **told})
        self._reading[self._command("read", **told)] = Change("read", conversation, position)

    # --- The connection

    async def live(self) -> None:
        """Be on the page, until cancelled."""
        try:
            while True:
                code = 1006
                with suppress(OSError, TimeoutError):
                    code = await self._connection()
                self._lost(code)
                await asyncio.sleep(self._pause(code))
        finally:
            if self._relisting is not None:
                self._relisting.cancel()

    async def _connection(self) -> int:
        async with asyncio.timeout(OPEN_TIMEOUT):
            self.client = client = await self.kind.connect(
                port=self.door(), path=self.path, heard=self._hear, headers=self.headers, tls=self.tls
            )
        try:
            if self.hello is not None:
                client.send(**self.hello)
            opened_at = self._heard_at = self.now()
            while not client.ended.done():
                await asyncio.wait({client.ended}, timeout=0.5)
                moment = self.now()
                if not self.is_online:
                    if moment - opened_at > OPEN_TIMEOUT:
                        return 1006
                elif self._is_dead(moment):
                    return 1006
                if self._move_at is not None and moment > self._move_at:
                    return MOVED
                if moment - opened_at > STABLE:
                    self.attempt = 0
            return client.ended.result()
        finally:
            client.abort()

    def _is_dead(self, moment: float) -> bool:
        for ref, deadline in list(self._deadlines.items()):
            if moment > deadline:
                del self._deadlines[ref]
                self._again(ref, 0)
                self._read_again(ref, 0)
                for thread in self.threads.values():
                    if thread.resuming == ref:
                        thread.resuming = None
                self._probe(moment)
        if moment - self._heard_at > SILENCE:
            self._probe(moment)
        return self._probed_at is not None and moment - self._probed_at > PONG_TIMEOUT

    def _probe(self, moment: float) -> None:
        if self._probed_at is None:
            self._probed_at = moment
            self._send({"type": "ping"})

    def _pause(self, code: int) -> float:
        if code == MOVED:
            return 0.0
        pause = self.chance.uniform(0, min(LAST_PAUSE, FIRST_PAUSE * 2**self.attempt))
        self.attempt += 1
        return pause + (FLOOD_PAUSE if code == FLOOD else 0)

    def _lost(self, code: int) -> None:
        self.journal.closes[code] += 1
        if self.is_online:
            self._lost_at = self.now()
        self.is_online, self.client, self._probed_at, self._move_at = False, None, None, None
        self._deadlines.clear()
        self._unheard.update(change.conversation for change in self._reading.values())
        self._reading.clear()
        for conversation, thread in self.threads.items():
            thread.ref = thread.resuming = None
            if code == RESYNC:
                self._load_afresh(conversation)

    def _send(self, frame: dict[str, Any]) -> None:
        if self.client is not None and not self.client.ended.done():
            self.client.send(**frame)

    def _command(self, kind: str, **fields: Any) -> str:
        self._number += 1
        ref = str(self._number)
        self._deadlines[ref] = self.now() + COMMAND_TIMEOUT
        self._send({"type": kind, "ref": ref, **fields})
        return ref

    # --- The outbox

    def _flush(self, conversation: str) -> None:
        thread = self.threads[conversation]
        if self.is_online and thread.ref is None and thread.retry is None and thread.outbox:
            client_id, text = thread.outbox[0]
            thread.ref = self._command(
                "message.send", conversation_id=conversation, client_id=client_id, text=text
            )

    def _again(self, ref: str, asked: float) -> None:
        """The message under way was not taken: the same one once more, after a pause."""
        for conversation, thread in self.threads.items():
            if thread.ref == ref:
                thread.ref = None
                pause = max(asked, self.chance.uniform(0, min(LAST_PAUSE, FIRST_PAUSE * 2**thread.attempt)))
                thread.attempt += 1
                loop = asyncio.get_running_loop()
                thread.retry = loop.call_later(pause, self._retry, conversation)

    def _retry(self, conversation: str) -> None:
        self.threads[conversation].retry = None
        self._flush(conversation)

    def _read_again(self, ref: str, asked: float) -> None:
        if change := self._reading.pop(ref, None):
            asyncio.get_running_loop().call_later(asked + FIRST_PAUSE, self.read, change.conversation)

    # --- What is heard

    def _hear(self, text: str) -> None:
        self._heard_at, self._probed_at = self.now(), None
        frame = json.loads(text)
        if ref := frame.get("ref"):
            self._deadlines.pop(ref, None)
        kind = frame["type"]
        if kind == "welcome":
            self._welcome(frame)
        elif kind == "ok":
            self._acknowledged(frame)
        elif kind == "error":
            self._refused(frame)
        elif kind == "events":
            self._resumed(frame)
        elif kind == "reload":
            self._reload(frame.get("conversation_id"))
        elif kind in {"pong", "heartbeat"}:
            self._compare(frame["heads"])
        elif kind == "reconnect":
            self._move_at = self.now() + self.chance.uniform(0, frame["within"])
        else:
            self._event(frame)

    def _welcome(self, frame: dict[str, Any]) -> None:
        self.is_online = True
        self.attempt = min(self.attempt, WELCOMED)
        for fresh in frame.get("conversations", []):
            self.screen.put(fresh)
        self.journal.away.append(self.now() - self._lost_at)
        for conversation, thread in self.threads.items():
            if self.journal.audience == "operators":
                self._command("open", conversation_id=conversation)
            self._resume(conversation)
            if thread.retry is not None:
                thread.retry.cancel()
                thread.retry = None
            self._flush(conversation)
        unheard, self._unheard = self._unheard, set()
        for conversation in unheard:
            self.read(conversation)

    def _acknowledged(self, frame: dict[str, Any]) -> None:
        if change := self._reading.pop(frame.get("ref", ""), None):
            self.journal.changes.append(change)
        if "conversation" in frame:
            self.screen.put(frame["conversation"])
        if "message" in frame:
            self._taken(frame["message"])

    def _taken(self, message: dict[str, Any]) -> None:
        conversation = message["conversation_id"]
        thread = self.threads[conversation]
        self.journal.acknowledged[message["client_id"]] = message["position"]
        if thread.outbox and thread.outbox[0][0] == message["client_id"]:
            thread.outbox.popleft()
        thread.ref, thread.attempt = None, 0
        event = {"type": "message.created", "position": message["position"], "message": message}
        self._apply(conversation, event)
        self._flush(conversation)

    def _refused(self, frame: dict[str, Any]) -> None:
        if frame["code"] not in PASSING or (frame["code"] == "unavailable" and not frame.get("retry_after")):
            self.journal.bare_errors.append(f"{frame['code']}: {frame.get('detail')}")
        for thread in self.threads.values():
            thread.resuming = None
        ref, asked = frame.get("ref") or "", float(frame.get("retry_after") or 0)
        self._again(ref, asked)
        self._read_again(ref, asked)

    # --- Positions

    def _reload(self, conversation: str | None) -> None:
        """Load a conversation afresh; without one the list."""
        if conversation is not None:
            self._load_afresh(conversation)
            self._resume(conversation)
        elif self.relist is not None and (self._relisting is None or self._relisting.done()):
            self._relisting = asyncio.create_task(self._relist(self.relist))

    async def _relist(self, relist: Callable[["Person"], Awaitable[None]]) -> None:
        await relist(self)

    def _load_afresh(self, conversation: str) -> None:
        self.journal.views[conversation] += 1
        self.threads[conversation].position = self.journal.follows[conversation]
        self.threads[conversation].resuming = None

    def _compare(self, heads: dict[str, int]) -> None:
        for conversation, head in heads.items():
            if conversation in self.threads and head > self.threads[conversation].position:
                self._resume(conversation)

    def _resume(self, conversation: str) -> None:
        thread = self.threads[conversation]
        if thread.resuming is None:
            thread.resuming = self._command("resume", conversation_id=conversation, position=thread.position)

    def _resumed(self, frame: dict[str, Any]) -> None:
        self.threads[frame["conversation_id"]].resuming = None
        for event in frame["events"]:
            self._apply(frame["conversation_id"], event)
        if frame["events"]:  # it comes in parts
            self._compare({frame["conversation_id"]: frame["head"]})

    def _event(self, frame: dict[str, Any]) -> None:
        if frame["type"] in UNRECORDED and self.screen.hear(frame):
            self._command("open", conversation_id=frame["conversation_id"])  # whose answer is the row
        if frame["type"] in UNRECORDED or not frame.get("position"):
            return
        conversation, message = frame["conversation_id"], frame.get("message")
        if conversation in self.threads:
            self._apply(conversation, frame)
        elif message is not None:
            self.journal.overheard.append(Seen(conversation, frame["position"], message["text"]))

    def _apply(self, conversation: str, event: dict[str, Any]) -> None:
        """Show what comes next; drop what was shown; ask where something is missing, a moment later."""
        thread, position, message = self.threads[conversation], event["position"], event.get("message")
        if position > thread.position + 1:
            before = thread.position
            asyncio.get_running_loop().call_later(HOLE_PATIENCE, self._mend, conversation, before)
        elif position == thread.position + 1:
            thread.position = position
            self.screen.apply(conversation, event)
            if message is not None and message["kind"] == "reply":
                view = self.journal.views[conversation]
                self.journal.seen.append(Seen(conversation, position, message["text"], view))

    def _mend(self, conversation: str, position: int) -> None:
        if self.threads[conversation].position == position and self.is_online:
            self._resume(conversation)
