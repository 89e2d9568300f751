"""One subscription per tenant and process; the sockets of a process hear from it.

Channels subscribes every consumer by itself and hands each its own copy through a queue without
bounds. Here the process has one channel on the layer, listens to the tenants whose sockets it holds,
and who listens to which group of a tenant is known in memory: a socket that comes or goes costs the
broker nothing. What this very process publishes reaches its own sockets at once, without the broker; and
the broker is told only while another process is there to hear it.

A hint may be lost. Every hub calls all hubs every few seconds, and when its own call comes back after a silence, its
sockets are told to compare positions. A hub that lost its way to the broker says so in its calls until it hears itself
say it: whatever it published in the meantime is gone for everybody, and what others did, for its own sockets.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, NamedTuple, Protocol
from uuid import uuid4

import structlog
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings
from redis.exceptions import RedisError

from tenants.events.broker import TIMEOUT_SECONDS, Sender, group_channel, layer
from tenants.per_loop import PerLoop

log = structlog.get_logger()

HUBS: Final = "hubs"
CALL_SECONDS: Final = 4.0
LOST_SECONDS: Final = 1.0  # between calls that say that something was lost
GATHER_SECONDS: Final = 0.5  # several hubs say it at once; their sockets compare once
# Measured in calls: without an own one for so long, something may have been missed;
DEAF_CALLS: Final = 2.5
# another process that was silent for so long is gone;
GONE_CALLS: Final = 5
# and who has listened for so long knows all others.
ALONE_CALLS: Final = 2


class Hint(NamedTuple):
    """What the sockets of a group are told: a frame as text. ``skip`` names the socket that knows already."""

    group: str
    text: str
    skip: str = ""


def feed_of(group: str) -> str:
    """Return the group on the layer that carries a group: its tenant's."""
    return group.partition(".")[0]


def bundles(hints: Iterable[Hint], *, sender: str) -> dict[str, dict[str, Any]]:
    """Return what goes to the broker: one message for each feed."""
    made: dict[str, dict[str, Any]] = {}
    for hint in hints:
        made.setdefault(feed_of(hint.group), {"from": sender, "hints": []})["hints"].append(tuple(hint))
    return made


class Member(Protocol):
    """A socket, as the hub sees it. Neither call may wait or raise."""

    channel_name: str

    def deliver(self, text: str) -> None:
        """Take a frame."""

    def suspect(self) -> None:
        """Something may have been missed: compare positions soon."""


class Hub:
    """The groups of one event loop."""

    def __init__(
        self, *, layer: RedisPubSubChannelLayer, sender: Sender, call_seconds: float = CALL_SECONDS
    ) -> None:
        self.layer, self.sender, self.call_seconds = layer, sender, call_seconds
        self.name = uuid4().hex
        self.members: dict[str, set[Member]] = {}
        self._listeners: Counter[str] = Counter()  # how many groups with members a feed has
        self._channel = f"hub.{self.name}"
        self._subscriptions: dict[str, asyncio.Task[None]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._heard_at = time.monotonic()
        self._is_deaf = False
        self._listens_since: float | None = None
        self._others: dict[str, float] = {}
        self._is_heard = asyncio.Event()
        self._losses = self._told = 0
        self._has_to_call = asyncio.Event()
        self._suspecting: asyncio.TimerHandle | None = None
        sender.on_loss = self._lose

    # --- Membership

    async def join(self, group: str, member: Member) -> None:
        """Let a socket hear a group. Returns when nothing of it can be missed any more.

        With the broker away the socket hears its own process, and the rest when the broker is back.
        """
        self._start()
        if group not in self.members:
            self.members[group] = set()
            self._listeners[feed_of(group)] += 1
        self.members[group].add(member)
        subscription = self._subscription(feed_of(group))
        if not subscription.done() or not self._is_heard.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TIMEOUT_SECONDS):
                    await asyncio.shield(subscription)
                    await self._is_heard.wait()

    async def leave(self, group: str, member: Member) -> None:
        """Let a socket hear a group no more."""
        members = self.members.get(group)
        if members is None:
            return
        members.discard(member)
        if members:
            return
        del self.members[group]
        feed = feed_of(group)
        self._listeners[feed] -= 1
        if self._listeners[feed]:
            return
        del self._listeners[feed]
        self._subscriptions.pop(feed).cancel()
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await self.layer.group_discard(feed, self._channel)

    def _subscription(self, feed: str) -> asyncio.Task[None]:
        if feed not in self._subscriptions:
            self._subscriptions[feed] = asyncio.create_task(self._subscribe(feed))
        return self._subscriptions[feed]

    async def _subscribe(self, feed: str) -> None:
        pause = 0.1
        while True:
            try:
                await self.layer.group_add(feed, self._channel)
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
        told = list(hints)
        self.deliver(told)
        if not self._is_alone():
            for feed, bundle in bundles(told, sender=self.name).items():
                self._send(feed, bundle)

    def _is_alone(self) -> bool:
        """Tell whether no other process listens: it would have called by now."""
        if self._others or self._is_deaf or self._listens_since is None:
            return False
        return time.monotonic() - self._listens_since > ALONE_CALLS * self.call_seconds

    def _send(self, feed: str, message: dict[str, Any]) -> None:
        self.sender.command("PUBLISH", group_channel(feed), self.layer.serialize(message))

    def deliver(self, hints: Iterable[Hint]) -> None:
        """Tell the sockets of this process only."""
        for hint in hints:
            self._deliver(hint)

    def _deliver(self, hint: Hint) -> None:
        for member in self.members.get(hint.group, ()):
            if member.channel_name != hint.skip:
                member.deliver(hint.text)

    # --- Listening

    def _start(self) -> None:
        if not self._tasks:
            # In this order: the layer knows the channel from the moment it is listened to.
            self._tasks = [asyncio.create_task(self._listen()), self._subscription(HUBS)]
            self._tasks.append(asyncio.create_task(self._call()))

    async def _listen(self) -> None:
        while True:
            try:
                message = await self.layer.receive(self._channel)
            except (RedisError, OSError) as error:
                log.warning("hub.deaf", error=str(error))
                self._is_deaf = True
                await asyncio.sleep(0.5)
                continue
            if "hints" not in message:
                self._hear_call(message["from"], lost=message.get("lost", 0))
            elif message["from"] != self.name:
                for hint in message["hints"]:
                    self._deliver(Hint(*hint))

    async def _call(self) -> None:
        await asyncio.wait({self._subscription(HUBS)})
        while True:
            lost = self._losses if self._losses != self._told else 0
            self._send(HUBS, {"from": self.name, "lost": lost})
            await self._pause(min(LOST_SECONDS, self.call_seconds) if lost else self.call_seconds)
            moment = time.monotonic()
            gone = moment - GONE_CALLS * self.call_seconds
            self._others = {name: at for name, at in self._others.items() if at > gone}
            if moment - self._heard_at > DEAF_CALLS * self.call_seconds:
                self._is_deaf = True

    async def _pause(self, seconds: float) -> None:
        self._has_to_call.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._has_to_call.wait()

    def _lose(self) -> None:
        self._losses += 1
        self._has_to_call.set()

    def _hear_call(self, name: str, *, lost: int) -> None:
        if lost:
            self._suspect_soon()
        if name != self.name:
            if name:
                self._others[name] = time.monotonic()
            return
        self._heard_at = time.monotonic()
        # By now every other hub has heard it too, and tells us what it publishes.
        self._is_heard.set()
        self._told = lost or self._told
        if self._listens_since is None or self._is_deaf:
            self._listens_since = self._heard_at
        if self._is_deaf:
            self._is_deaf = False
            self._suspect_soon()

    def _suspect_soon(self) -> None:
        if self._suspecting is None:
            self._suspecting = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._suspect)

    def _suspect(self) -> None:
        self._suspecting = None
        for member in {member for members in self.members.values() for member in members}:
            member.suspect()

    async def close(self) -> None:
        """Stop listening and calling."""
        if self._suspecting is not None:
            self._suspecting.cancel()
        tasks = [*self._tasks, *self._subscriptions.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.sender.close()


# The hub of the running loop.
hub = PerLoop(lambda: Hub(layer=layer(), sender=Sender(settings.REDIS_URL)))
