"""The hub: one subscription for all sockets of a process."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings
from redis import Redis as SyncRedis
from redis.asyncio import Redis

from config.local.places import Places
from config.local.valkey import Valkey
from config.settings.test import PLACES
from tenants.events import fanout
from tenants.events.broker import Sender, group_channel
from tenants.events.hub import ALONE_CALLS, Hint, Hub, feed_of
from tenants.ids import uuid7
from tenants.scoping import TenantId
from tenants.websocket import MOST_WAITING, RESYNC, Socket

GROUP = "t1.inbox"
CALL_SECONDS = 0.3


class Ear:
    """A member that remembers."""

    def __init__(self, name: str) -> None:
        self.channel_name = name
        self.heard: list[str] = []
        self.suspicions = 0
        self._woken = asyncio.Event()

    def deliver(self, text: str) -> None:
        self.heard.append(text)
        self._woken.set()

    def suspect(self) -> None:
        self.suspicions += 1
        self._woken.set()

    async def until(self, *, heard: int = 0, suspicions: int = 0) -> None:
        async with asyncio.timeout(20):
            while len(self.heard) < heard or self.suspicions < suspicions:
                self._woken.clear()
                await self._woken.wait()


@asynccontextmanager
async def a_hub(url: str) -> AsyncIterator[Hub]:
    """Run a hub with the settings of the site at a broker, as a process of its own would."""
    config: dict[str, Any] = dict(settings.CHANNEL_LAYERS)["default"]["CONFIG"]  # type: ignore[assignment]
    layer = RedisPubSubChannelLayer(**{**config, "hosts": [{**config["hosts"][0], "address": url}]})
    made = Hub(layer=layer, sender=Sender(url), call_seconds=CALL_SECONDS)
    try:
        yield made
    finally:
        await made.close()
        await layer.flush()


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A broker that a test may stop; the run's own serves the other tests."""
    valkey = Valkey(Places(PLACES.home / f"hub-{tmp_path.name}"), is_throwaway=True)
    valkey.start()
    yield valkey
    valkey.stop()


async def test_a_frame_reaches_the_sockets_of_its_group_here_and_in_another_process(
    own_valkey: Valkey,
) -> None:
    url = own_valkey.places.redis_url()
    near, far, stranger = Ear("near"), Ear("far"), Ear("stranger")
    async with a_hub(url) as here, a_hub(url) as there:
        await here.join(GROUP, near)
        await there.join(GROUP, far)
        await there.join("t2.inbox", stranger)
        here.publish([Hint(GROUP, "one"), Hint(GROUP, "two")])
        await far.until(heard=2)
    assert (near.heard, far.heard, stranger.heard) == (["one", "two"], ["one", "two"], [])


async def test_the_socket_that_knows_already_is_skipped(own_valkey: Valkey) -> None:
    first, second = Ear("first"), Ear("second")
    async with a_hub(own_valkey.places.redis_url()) as here:
        await here.join(GROUP, first)
        await here.join(GROUP, second)
        here.publish([Hint(GROUP, "said", skip="first")])
    assert (first.heard, second.heard) == ([], ["said"])


async def test_a_process_that_is_alone_costs_the_broker_nothing(own_valkey: Valkey) -> None:
    url = own_valkey.places.redis_url()
    ear = Ear("ear")
    async with a_hub(url) as here, Redis.from_url(url) as client, client.pubsub() as listener:
        await here.join(GROUP, ear)
        await listener.subscribe(group_channel(feed_of(GROUP)))
        assert (await listener.get_message(timeout=5)) is not None  # the subscription itself
        await asyncio.sleep(CALL_SECONDS * (ALONE_CALLS + 1))
        here.publish([Hint(GROUP, "said")])
        assert ear.heard == ["said"]
        assert await listener.get_message(timeout=0.3) is None


async def test_nobody_hears_after_leaving(own_valkey: Valkey) -> None:
    url = own_valkey.places.redis_url()
    gone, there_still = Ear("gone"), Ear("still")
    async with a_hub(url) as here, a_hub(url) as there:
        await here.join(GROUP, gone)
        await here.leave(GROUP, gone)
        await here.join("t2.inbox", there_still)
        await there.join("t3.inbox", Ear("other"))
        there.publish([Hint(GROUP, "said"), Hint("t2.inbox", "said")])
        await there_still.until(heard=1)
    assert gone.heard == []


async def test_positions_are_compared_when_the_broker_is_back_without_a_new_connection(
    own_valkey: Valkey,
) -> None:
    url = own_valkey.places.redis_url()
    near, far = Ear("near"), Ear("far")
    async with a_hub(url) as here, a_hub(url) as there:
        await here.join(GROUP, near)
        await there.join(GROUP, far)
        own_valkey.stop()
        here.publish([Hint(GROUP, "lost on the way")])
        await asyncio.sleep(CALL_SECONDS * 4)
        own_valkey.start()
        await near.until(heard=1, suspicions=1)
        await far.until(suspicions=1)
        here.publish([Hint(GROUP, "heard again")])
        await far.until(heard=1)
    assert near.heard == ["lost on the way", "heard again"]
    assert far.heard == ["heard again"]


async def test_positions_are_compared_though_the_broker_was_away_for_a_moment_only(
    own_valkey: Valkey,
) -> None:
    near, far = Ear("near"), Ear("far")
    url = own_valkey.places.redis_url()
    async with a_hub(url) as here, a_hub(url) as there:
        here.call_seconds = there.call_seconds = 60  # so that no silence is noticed
        await here.join(GROUP, near)
        await there.join(GROUP, far)
        own_valkey.stop()
        here.publish([Hint(GROUP, "lost on the way")])
        own_valkey.start()
        async with asyncio.timeout(8):
            await near.until(suspicions=1)
            await far.until(suspicions=1)
        before = len(far.heard)
        here.publish([Hint(GROUP, "heard again")])
        await far.until(heard=before + 1)
    assert far.heard[before:] == ["heard again"]


async def test_what_a_thread_or_a_worker_could_not_tell_makes_sockets_compare_too(
    own_valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = Ear("far")
    url = own_valkey.places.redis_url()
    monkeypatch.setattr(fanout, "broker", lambda: SyncRedis.from_url(url))
    monkeypatch.setattr(fanout, "_has_lost", True)
    async with a_hub(url) as there:
        await there.join(GROUP, ear)
        await asyncio.to_thread(fanout.tell, TenantId(uuid7()), [Hint(GROUP, "after it")])
        await ear.until(heard=1, suspicions=1)
        await asyncio.to_thread(fanout.tell, TenantId(uuid7()), [Hint(GROUP, "and then")])
        await ear.until(heard=2)
        await asyncio.sleep(1)
    assert (ear.heard, ear.suspicions) == (["after it", "and then"], 1)


async def test_a_socket_that_takes_nothing_is_sent_away_to_resume() -> None:
    sent: list[dict[str, Any]] = []
    stuck = asyncio.Event()

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        await stuck.wait()

    class Deaf(Socket):
        async def opened(self) -> None:
            for number in range(MOST_WAITING + 2):
                self.deliver(f'{{"type": "{number}"}}')
                await asyncio.sleep(0)

    answers = iter([{"type": "websocket.connect"}, {"type": "websocket.disconnect"}])

    async def receive() -> dict[str, Any]:
        message = next(answers)
        if message["type"] == "websocket.disconnect":
            stuck.set()
            await asyncio.sleep(0.05)
        return message

    await Deaf()({"type": "websocket"}, receive, send)
    assert sent[-1] == {"type": "websocket.close", "code": RESYNC}
    assert len(sent) == 2  # the one that was stuck; what waited behind it is asked for again anyway
