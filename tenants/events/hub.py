"""One subscription per group and process; the sockets of a process hear from it.

Channels subscribes every consumer by itself and hands each its own copy through a queue without
bounds. Here the process has one channel on the layer, and who listens to which group is known in
memory. What this very process publishes reaches its own sockets at once, without the broker.

A hint may be lost, so the hub watches whether it hears at all: it calls itself every few seconds,
and when its call comes back after a silence, every socket is told to compare positions.
"""

import asyncio
import contextlib
import time
from collections.abc import Iterable
from typing import Any, Final, NamedTuple, Protocol
from uuid import uuid4
from weakref import WeakKeyDictionary

import structlog
from channels_redis.pubsub import RedisPubSubChannelLayer
from redis.exceptions import RedisError

from tenants.events.broker import TIMEOUT_SECONDS, Sender, group_channel, layer

log = structlog.get_logger()

CALL_SECONDS: Final = 4.0
# Longer than this without an own call, and something may have been missed.
DEAF_SECONDS: Final = 10.0


class Hint(NamedTuple):
    """What the sockets of a group are told: a frame as text. ``skip`` names the socket that knows already."""

    group: str
    text: str
    skip: str = ""


class Member(Protocol):
    """A socket, as the hub sees it. Neither call may wait or raise."""

    channel_name: str

    def deliver(self, text: str) -> None:
        """Take a frame."""

    def suspect(self) -> None:
        """Something may have been missed: compare positions soon."""


class Hub:
    """The groups of one event loop."""

    def __init__(self, *, layer: RedisPubSubChannelLayer, sender: Sender) -> None:
        self.layer, self.sender = layer, sender
        self.name = uuid4().hex
        self.members: dict[str, set[Member]] = {}
        self._channel = f"hub.{self.name}"
        self._subscriptions: dict[str, asyncio.Task[None]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._heard_at = time.monotonic()
        self._is_deaf = False

    # --- Membership

    async def join(self, group: str, member: Member) -> None:
        """Let a socket hear a group. Returns when nothing of it can be missed any more.

        With the broker away the socket hears its own process, and the rest when the broker is back.
        """
        self._start()
        self.members.setdefault(group, set()).add(member)
        await asyncio.wait({self._subscription(group)}, timeout=TIMEOUT_SECONDS)

    async def leave(self, group: str, member: Member) -> None:
        """Let a socket hear a group no more."""
        members = self.members.get(group)
        if members is None:
            return
        members.discard(member)
        if members:
            return
        del self.members[group]
        self._subscriptions.pop(group).cancel()
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await self.layer.group_discard(group, self._channel)

    def _subscription(self, group: str) -> asyncio.Task[None]:
        if group not in self._subscriptions:
            self._subscriptions[group] = asyncio.create_task(self._subscribe(group))
        return self._subscriptions[group]

    async def _subscribe(self, group: str) -> None:
        pause = 0.1
        while True:
            try:
                await self.layer.group_add(group, self._channel)
            except (RedisError, OSError) as error:
                log.warning("hub.not_subscribed", error=str(error))
                self._is_deaf = True
                await asyncio.sleep(pause)
                pause = min(2.0, pause * 2)
            else:
                return

    # --- Publishing

    def publish(self, hints: Iterable[Hint]) -> None:
        """Tell the sockets of this process now, and the other processes through the broker. Never waits."""
        for hint in hints:
            self._deliver(hint)
            self._send(hint.group, {"from": self.name, **hint._asdict()})

    def _send(self, group: str, message: dict[str, Any]) -> None:
        self.sender.command("PUBLISH", group_channel(group), self.layer.serialize(message))

    def _deliver(self, hint: Hint) -> None:
        for member in self.members.get(hint.group, ()):
            if member.channel_name != hint.skip:
                member.deliver(hint.text)

    # --- Listening

    def _start(self) -> None:
        if not self._tasks:
            # In this order: the layer knows the channel from the moment it is listened to.
            self._tasks = [asyncio.create_task(self._listen()), self._subscription(self._channel)]
            self._tasks.append(asyncio.create_task(self._call_itself()))

    async def _listen(self) -> None:
        while True:
            try:
                message = await self.layer.receive(self._channel)
            except (RedisError, OSError) as error:
                log.warning("hub.deaf", error=str(error))
                self._is_deaf = True
                await asyncio.sleep(0.5)
                continue
            if message["from"] != self.name:
                self._deliver(Hint(message["group"], message["text"], message["skip"]))
            elif "group" not in message:
                self._hear_own_call()

    async def _call_itself(self) -> None:
        while True:
            self._send(self._channel, {"from": self.name})
            await asyncio.sleep(CALL_SECONDS)
            if time.monotonic() - self._heard_at > DEAF_SECONDS:
                self._is_deaf = True

    def _hear_own_call(self) -> None:
        self._heard_at = time.monotonic()
        if self._is_deaf:
            self._is_deaf = False
            for member in {member for members in self.members.values() for member in members}:
                member.suspect()


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """Return the hub of the running loop."""
    loop = asyncio.get_running_loop()
    made = _hubs.get(loop)
    if made is None:
        made = _hubs[loop] = Hub(layer=layer(), sender=Sender())
    return made
