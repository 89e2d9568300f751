"""Token buckets: in the process for one socket, in the broker for whoever has many."""

import asyncio
import time
from collections import OrderedDict
from typing import Final, NamedTuple

import structlog
from django.conf import settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import RedisError

from tenants.errors import TooManyRequests
from tenants.per_loop import PerLoop

_SCRIPT: Final = """
local state = redis.call('HMGET', KEYS[1], 't', 'at')
local clock = redis.call('TIME')
local at = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local tokens = math.min(burst, (tonumber(state[1]) or burst) + (at - (tonumber(state[2]) or at)) * rate)
local taken = math.min(math.floor(tokens), tonumber(ARGV[3]))
tokens = tokens - taken
redis.call('HSET', KEYS[1], 't', tostring(tokens), 'at', tostring(at))
redis.call('EXPIRE', KEYS[1], math.ceil(burst / rate) + 1)
return {taken, tostring(tokens)}
"""

log = structlog.get_logger()

# Of so many keys a process keeps what it has in hand.
_MOST_HANDS: Final = 50_000
# After a failure the broker is not asked for this long.
_REST_SECONDS: Final = 2.0


class Bucket:
    """A bucket in this process: ``burst`` at once, ``rate`` a second."""

    __slots__ = ("at", "burst", "rate", "refused", "tokens")

    def __init__(self, *, rate: float, burst: int) -> None:
        self.rate, self.burst, self.tokens = rate, burst, float(burst)
        self.at = time.monotonic()
        self.refused = 0

    def take(self) -> bool:
        """Take one token; False when there is none. ``refused`` counts refusals since the last success."""
        moment = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (moment - self.at) * self.rate)
        self.at = moment
        if self.tokens < 1:
            self.refused += 1
            return False
        self.tokens -= 1
        self.refused = 0
        return True

    def give_back(self) -> None:
        """Undo the last ``take``."""
        self.tokens = min(self.burst, self.tokens + 1)

    def seconds_until_free(self) -> float:
        return max(0.1, (1 - self.tokens) / self.rate)


def spend(*, client: Redis, key: str, rate: float, burst: int) -> float:
    """Take one token of a bucket that all processes share, and return how many are left.

    Exact under races: the broker counts. A broker that is away lets everything through, because a
    limit must not take the service down. Raises TooManyRequests with the seconds to wait.
    """
    try:
        allowed, left = client.eval(_SCRIPT, 1, f"limit:{key}", str(rate), str(burst), "1")
    except (RedisError, OSError):
        return float(burst)
    tokens = float(left)
    if not int(allowed):
        raise TooManyRequests(retry_after=(1 - tokens) / rate)
    return tokens


class Limit(NamedTuple):
    """So many a second for ever, so many at once; taken from the shared bucket a handful at a time."""

    rate: float
    burst: int
    handful: int


_Purse = tuple[str, Limit]


class Hands:
    """What this event loop has taken from the buckets that all processes share.

    Exact: nothing is spent that the broker has not given. Cheap: most tokens cost it no question.
    """

    def __init__(self, client: AsyncRedis) -> None:
        self._client = client
        self._held: OrderedDict[_Purse, int] = OrderedDict()
        self._asking: dict[_Purse, asyncio.Task[None]] = {}
        self._rests_until = 0.0

    async def spend(self, key: str, limit: Limit) -> None:
        """Take one token. A broker that is away lets everything through.

        Raises TooManyRequests with the seconds to wait.
        """
        purse = (key, limit)
        while self._held.get(purse, 0) < 1:
            if purse not in self._asking:  # one question serves all who wait for it
                self._asking[purse] = asyncio.create_task(self._refill(purse))
            await asyncio.shield(self._asking[purse])
        self._held[purse] -= 1

    async def _refill(self, purse: _Purse) -> None:
        try:
            given = await self._ask(*purse)
            self._held[purse] = self._held.get(purse, 0) + given
            self._held.move_to_end(purse)
            if len(self._held) > _MOST_HANDS:
                self._held.popitem(last=False)
        finally:
            del self._asking[purse]

    async def _ask(self, key: str, limit: Limit) -> int:
        loop = asyncio.get_running_loop()
        if loop.time() < self._rests_until:
            return limit.handful
        values = (str(limit.rate), str(limit.burst), str(limit.handful))
        try:
            given, left = await self._client.eval(_SCRIPT, 1, f"limit:{key}", *values)
        except (RedisError, OSError) as error:
            log.warning("limits.broker_away", error=str(error))
            self._rests_until = loop.time() + _REST_SECONDS
            return limit.handful
        if not int(given):
            raise TooManyRequests(retry_after=(1 - float(left)) / limit.rate)
        return int(given)


def _empty_hands() -> Hands:
    return Hands(AsyncRedis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1))


# The hands of the running loop.
hands = PerLoop(_empty_hands)
