"""The site survives what once stopped it: scanners, idle sockets, a broker that restarts."""

import asyncio
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings

from config.local.places import Places
from config.local.valkey import Valkey
from config.settings.test import PLACES
from tests.house.web_processes import web_process


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code


def test_missing_pages_do_not_use_up_the_pool(django_db_setup: None) -> None:
    with web_process(pool_size=4) as web:
        origin = web.origin
        missing = [status_of(f"{origin}/wp-login-{number}.php") for number in range(60)]
        begun = time.monotonic()
        with urllib.request.urlopen(f"{origin}/healthz", timeout=20) as answer:
            assert answer.status == 200
        ready = status_of(f"{origin}/readyz")
        assert time.monotonic() - begun < 5
    assert missing == [404] * 60
    assert (
        ready == 503
    )  # no beat here, but the database answered at once and not after the pool's ten seconds


def layer_at(url: str) -> RedisPubSubChannelLayer:
    """Return a channel layer with the settings of the site, at another broker."""
    config: dict[str, Any] = dict(settings.CHANNEL_LAYERS)["default"]["CONFIG"]  # type: ignore[assignment]
    return RedisPubSubChannelLayer(**{**config, "hosts": [{**config["hosts"][0], "address": url}]})


async def test_a_socket_that_is_silent_for_eight_seconds_still_gets_the_next_message(
    test_servers: None,
) -> None:
    layer = layer_at(settings.REDIS_URL)
    channel = await layer.new_channel()
    await layer.group_add("t1.group", channel)
    waiting = asyncio.create_task(layer.receive(channel))
    await asyncio.sleep(8)
    await layer.group_send("t1.group", {"type": "event.published", "text": "still here"})
    assert (await asyncio.wait_for(waiting, 2))["text"] == "still here"
    await layer.flush()


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A broker that a test may stop; the run's own serves the other tests."""
    places = Places(PLACES.home / f"broker-{tmp_path.name}")
    valkey = Valkey(places, is_throwaway=True)
    valkey.start()
    yield valkey
    valkey.stop()


async def test_messages_flow_again_within_three_seconds_of_a_broker_restart(own_valkey: Valkey) -> None:
    layer = layer_at(own_valkey.places.redis_url())
    channel = await layer.new_channel()
    await layer.group_add("t1.group", channel)
    own_valkey.stop()
    own_valkey.start()
    await asyncio.sleep(3)
    await layer.group_send("t1.group", {"type": "event.published", "text": "after"})
    assert (await asyncio.wait_for(layer.receive(channel), 2))["text"] == "after"
    await layer.flush()
