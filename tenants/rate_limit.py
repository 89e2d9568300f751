"""Token buckets: in the process for one socket, in the broker for whoever has many."""

import time
from typing import Final

from redis import Redis
from redis.exceptions import RedisError

from tenants.errors import TooManyRequests

_SCRIPT: Final = """
local state = redis.call('HMGET', KEYS[1], 't', 'at')
local clock = redis.call('TIME')
local at = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local tokens = math.min(burst, (tonumber(state[1]) or burst) + (at - (tonumber(state[2]) or at)) * rate)
local ok = tokens >= 1
if ok then tokens = tokens - 1 end
redis.call('HSET', KEYS[1], 't', tostring(tokens), 'at', tostring(at))
redis.call('EXPIRE', KEYS[1], math.ceil(burst / rate) + 1)
return {ok and 1 or 0, tostring(tokens)}
"""


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

    def seconds_until_free(self) -> float:
        return max(0.1, (1 - self.tokens) / self.rate)


def spend(*, client: Redis, key: str, rate: float, burst: int) -> float:
    """Take one token of a bucket that all processes share, and return how many are left.

    Exact under races: the broker counts. A broker that is away lets everything through, because a
    limit must not take the service down. Raises TooManyRequests with the seconds to wait.
    """
    try:
        allowed, left = client.eval(_SCRIPT, 1, f"limit:{key}", str(rate), str(burst))
    except (RedisError, OSError):
        return float(burst)
    tokens = float(left)
    if not int(allowed):
        raise TooManyRequests(retry_after=(1 - tokens) / rate)
    return tokens
