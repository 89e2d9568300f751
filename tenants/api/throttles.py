"""How much one key, one person and one tenant may ask, and what they are told about it."""

import math
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from redis import Redis

from tenants.errors import TooManyRequests
from tenants.permissions import Actor
from tenants.rate_limit import spend


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A bucket: ``burst`` requests at once, ``rate`` more each second; ``left`` of them now."""

    rate: float
    burst: int
    left: float

    def headers(self) -> dict[str, str]:
        """Return ``RateLimit-*``: the size, what is left, and the seconds until it is full again."""
        return {
            "RateLimit-Limit": str(self.burst),
            "RateLimit-Remaining": str(max(0, int(self.left))),
            "RateLimit-Reset": str(math.ceil((self.burst - self.left) / self.rate)),
        }


class Exhausted(Exception):
    """The allowance is used up; ``refusal`` is what whoever asks is told."""

    def __init__(self, *, allowance: Allowance, refusal: TooManyRequests) -> None:
        super().__init__(str(refusal))
        self.allowance = allowance
        self.refusal = refusal


@cache
def _broker() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def take_one(actor: Actor) -> Allowance:
    """Count a request of ``actor`` and return what they have left. Raises Exhausted.

    The tenant's bucket is wider than one caller's: many keys together cannot take the service down.
    """
    _spend(f"api:{actor.tenant_id.hex}", "tenant")
    return _spend(f"api:{actor.tenant_id.hex}:{actor.reference}", str(actor.kind))


def _spend(key: str, kind: str) -> Allowance:
    rate, burst = settings.PARLEY_API_LIMITS[kind]
    try:
        left = spend(client=_broker(), key=key, rate=rate, burst=burst)
    except TooManyRequests as error:
        empty = Allowance(rate=rate, burst=burst, left=0)
        raise Exhausted(allowance=empty, refusal=error) from error
    return Allowance(rate=rate, burst=burst, left=left)
