"""The way from a committed event to open sockets: a hint that may be lost.

A lost hint is repaired by position, so a broker that is away costs a log line and never a request:
every call is bounded in time and swallowed.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import orjson
import structlog
from redis.exceptions import RedisError

from tenants.events.broker import REST_SECONDS, WAKE_KEY, broker, group_channel, layer
from tenants.events.hub import HUBS, Hint, bundles, hub
from tenants.scoping import TenantId

log = structlog.get_logger()

_resting_until = 0.0
_has_lost = False
_woken: dict[TenantId, float] = {}
_is_silent: ContextVar[bool] = ContextVar("parley_silent", default=False)


@contextmanager
def silent() -> Iterator[None]:
    """Tell no socket and wake no reader inside: imports and the demo write the past, by the thousand."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


def encoded(frame: dict[str, Any]) -> str:
    """Return a frame as it goes over the wire. Its type comes first: sockets look no further than they must."""
    return orjson.dumps(frame, default=str, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def hint(group: str, frame: dict[str, Any], *, skip: str = "") -> Hint:
    """Return what the sockets of ``group`` will get: encoded once, for all of them."""
    return Hint(group, encoded(frame), skip)


def tell(tenant_id: TenantId, hints: Iterable[Hint]) -> None:
    """Publish hints from synchronous code, and wake the readers of the tenant. One round trip.

    When hints before these were lost, the hubs are told so, and their sockets compare positions.
    """
    global _resting_until, _has_lost  # noqa: PLW0603 - the fuse is per process
    if _is_silent.get():
        return
    if time.monotonic() < _resting_until:
        _has_lost = True
        return
    serialize = layer().serialize
    try:
        pipe = broker().pipeline(transaction=False)
        for feed, bundle in bundles(hints, sender="").items():
            pipe.publish(group_channel(feed), serialize(bundle))
        if _has_lost:
            pipe.publish(group_channel(HUBS), serialize({"from": "", "lost": 1}))
        pipe.sadd(WAKE_KEY, str(tenant_id))
        pipe.execute()
    except (RedisError, OSError) as error:
        _resting_until, _has_lost = time.monotonic() + REST_SECONDS, True
        log.warning("fanout.failed", error=str(error))
    else:
        _has_lost = False


def tell_soon(tenant_id: TenantId, hints: Iterable[Hint]) -> None:
    """Publish hints from the event loop, and wake the readers of the tenant. Never waits."""
    home = hub()
    home.publish(hints)
    moment = asyncio.get_running_loop().time()
    if moment - _woken.get(tenant_id, -1.0) < 1.0:
        # The readers sleep for a second too, so the wake that stands is not yet taken, or the sweep finds it.
        return
    home.sender.command("SADD", WAKE_KEY, str(tenant_id))
    if len(_woken) > 10_000:
        _woken.clear()
    _woken[tenant_id] = moment
