"""Buckets that all processes share: exact under races, and out of the way when the broker is."""

import asyncio

import pytest
from django.conf import settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from tenants.errors import TooManyRequests
from tenants.rate_limit import Hands, Limit, spend

# So slow that nothing flows back while a test runs.
SLOW = 0.001


async def spent(hands: Hands, limit: Limit, times: int) -> int:
    """Return how many of ``times`` attempts at once were let through."""
    outcomes = await asyncio.gather(*(hands.spend("k", limit) for _ in range(times)), return_exceptions=True)
    assert all(outcome is None or isinstance(outcome, TooManyRequests) for outcome in outcomes)
    return outcomes.count(None)


async def test_processes_together_spend_exactly_what_there_is(broker: Redis) -> None:
    limit = Limit(rate=SLOW, burst=40, handful=7)
    clients = [AsyncRedis.from_url(settings.REDIS_URL) for _ in range(3)]
    through = await asyncio.gather(*(spent(Hands(client), limit, 30) for client in clients))
    more = await asyncio.gather(*(spent(Hands(client), limit, 5) for client in clients))
    for client in clients:
        await client.aclose()
    assert sum(through) <= 40
    assert sum(through) >= 40 - 3 * 7  # at most a handful stays in each hand
    assert sum(more) <= 40 - sum(through)


async def test_a_handful_asks_the_broker_once(broker: Redis) -> None:
    limit = Limit(rate=SLOW, burst=40, handful=10)
    async with AsyncRedis.from_url(settings.REDIS_URL) as client:
        hands = Hands(client)
        await hands.spend("k", limit)
        before = broker.info("commandstats").get("cmdstat_eval", {}).get("calls")
        for _ in range(9):
            await hands.spend("k", limit)
        assert broker.info("commandstats")["cmdstat_eval"]["calls"] == before
        await hands.spend("k", limit)
        assert broker.info("commandstats")["cmdstat_eval"]["calls"] == before + 1


async def test_who_is_refused_learns_how_long_to_wait(broker: Redis) -> None:
    limit = Limit(rate=0.5, burst=1, handful=5)
    async with AsyncRedis.from_url(settings.REDIS_URL) as client:
        hands = Hands(client)
        await hands.spend("k", limit)
        with pytest.raises(TooManyRequests) as refused:
            await hands.spend("k", limit)
    assert 1 < (refused.value.retry_after or 0) <= 2


async def test_a_broker_that_is_away_stops_nobody() -> None:
    async with AsyncRedis.from_url("unix:///nowhere/valkey.sock", socket_connect_timeout=1) as client:
        assert await spent(Hands(client), Limit(rate=1, burst=1, handful=2), 20) == 20


def test_one_token_at_a_time_is_exact_too(broker: Redis) -> None:
    assert [spend(client=broker, key="k", rate=SLOW, burst=3) // 1 for _ in range(3)] == [2, 1, 0]
    with pytest.raises(TooManyRequests):
        spend(client=broker, key="k", rate=SLOW, burst=3)
