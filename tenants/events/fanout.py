"""The way from a committed event to open sockets: a hint that may be lost.

Only this package talks to the channel layer. A lost hint is repaired by position, so a broker
that is away costs a log line and never a request: every call is bounded in time and swallowed.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

import structlog
from channels.layers import get_channel_layer
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import RedisError

from tenants.scoping import TenantId

log = structlog.get_logger()

Hint = tuple[str, dict[str, Any]]
WAKE_KEY: Final = "parley:wake"
# After a failure the broker is left alone for this long, so that a hanging one slows nobody.
_REST_SECONDS: Final = 2.0
_TIMEOUT_SECONDS: Final = 1.0

_resting_until = 0.0
_client: Redis | None = None
_async_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncRedis] = WeakKeyDictionary()
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


def broker() -> Redis:
    """Return this process's plain connections to the broker; each call is bounded in time."""
    global _client  # noqa: PLW0603 - one connection pool per process
    if _client is None:
        _client = Redis.from_url(
            settings.REDIS_URL, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
        )
    return _client


def layer() -> RedisPubSubChannelLayer:
    return cast(RedisPubSubChannelLayer, get_channel_layer())


def hint(group: str, frame: dict[str, Any]) -> Hint:
    """Return what the consumer of ``group`` will get: its one handler forwards ``frame``."""
    return group, {"type": "event.published", "frame": frame}


def tell(tenant_id: TenantId, hints: Iterable[Hint]) -> None:
    """Publish hints from synchronous code, and wake the readers of the tenant. One round trip."""
    global _resting_until  # noqa: PLW0603 - the fuse is per process
    if _is_silent.get() or time.monotonic() < _resting_until:
        return
    # The layer has no synchronous publish; its names and its serializer are used over a plain connection.
    configured: dict[str, Any] = settings.CHANNEL_LAYERS
    prefix = configured["default"]["CONFIG"]["prefix"]
    serialize = layer().serialize
    try:
        pipe = broker().pipeline(transaction=False)
        for group, message in hints:
            pipe.publish(f"{prefix}__group__{group}", serialize(message))
        pipe.sadd(WAKE_KEY, str(tenant_id))
        pipe.execute()
    except (RedisError, OSError) as error:
        _resting_until = time.monotonic() + _REST_SECONDS
        log.warning("fanout.failed", error=str(error))


async def tell_async(tenant_id: TenantId, hints: Iterable[Hint]) -> None:
    """Publish hints from a consumer, over the layer's own connection, without a thread."""
    global _resting_until  # noqa: PLW0603 - the fuse is per process
    if time.monotonic() < _resting_until:
        return
    made = layer()
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            for group, message in hints:
                await made.group_send(group, message)
            await _wake(tenant_id)
    except (RedisError, OSError, TimeoutError) as error:
        _resting_until = time.monotonic() + _REST_SECONDS
        log.warning("fanout.failed", error=str(error))


async def _wake(tenant_id: TenantId) -> None:
    """Add the tenant to the readers' wake set; at most once a second and tenant from one process."""
    moment = time.monotonic()
    if moment - _woken.get(tenant_id, -1.0) < 1.0:
        # The readers sleep for a second too, so the wake that stands is not yet taken, or the sweep finds it.
        return
    loop = asyncio.get_running_loop()
    client = _async_clients.get(loop)
    if client is None:
        client = _async_clients[loop] = AsyncRedis.from_url(
            settings.REDIS_URL, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
        )
    await client.sadd(WAKE_KEY, str(tenant_id))
    if len(_woken) > 10_000:
        _woken.clear()
    _woken[tenant_id] = moment
