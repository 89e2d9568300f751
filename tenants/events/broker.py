"""The broker's connections for hints: names on the wire, a plain client, a sender that never waits."""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, cast

import structlog
from channels.layers import get_channel_layer
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import RedisError

log = structlog.get_logger()

WAKE_KEY: Final = "parley:wake"
TIMEOUT_SECONDS: Final = 1.0
# After a failure the broker is left alone for this long, so that a hanging one slows nobody.
REST_SECONDS: Final = 2.0
# More than this waiting to be sent, and the oldest go: they are hints.
MOST_WAITING: Final = 20_000

_client: Redis | None = None


def broker() -> Redis:
    """Return this process's plain connections to the broker; each call is bounded in time."""
    global _client  # noqa: PLW0603 - one connection pool per process
    if _client is None:
        _client = Redis.from_url(
            settings.REDIS_URL, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
        )
    return _client


def layer() -> RedisPubSubChannelLayer:
    return cast(RedisPubSubChannelLayer, get_channel_layer())


def group_channel(group: str) -> str:
    """Return the broker's channel of a group, as the layer names it."""
    configured: dict[str, Any] = settings.CHANNEL_LAYERS
    return f"{configured['default']['CONFIG']['prefix']}__group__{group}"


class Sender:
    """Commands whose answers nobody needs, over one connection that is told to give none.

    What is handed over during one turn of the loop goes out in one write. With the broker away
    commands are dropped: a position repairs a hint, and the sweep finds a tenant that was not woken.
    ``on_loss`` is called when some may be gone: when sending fails, and when the connection ends.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.on_loss: Callable[[], None] = lambda: None
        self._waiting: deque[tuple[str | bytes, ...]] = deque(maxlen=MOST_WAITING)
        self._connection: AbstractConnection | None = None
        self._sending: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._rests_until = 0.0

    def command(self, *words: str | bytes) -> None:
        """Send a command soon. Never waits, never raises."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._rests_until:
            return
        self._waiting.append(words)
        if self._sending is None or self._sending.done():
            self._sending = loop.create_task(self._send())

    async def _send(self) -> None:
        while self._waiting:
            words, known = list(self._waiting), self._connection
            self._waiting.clear()
            try:
                async with asyncio.timeout(TIMEOUT_SECONDS):
                    connection = known or await self._connect()
                    await connection.send_packed_command(connection.pack_commands(words), check_health=False)
            except (RedisError, OSError, TimeoutError) as error:
                self.on_loss()
                await self.close()
                if known and not isinstance(error, TimeoutError):
                    self._waiting.extendleft(
                        reversed(words)
                    )  # the broker may be back: once more, on a new connection
                    continue
                log.warning("fanout.failed", error=str(error))
                self._rests_until = asyncio.get_running_loop().time() + REST_SECONDS
                self._waiting.clear()

    async def _connect(self) -> AbstractConnection:
        pool = AsyncRedis.from_url(
            self.url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
        ).connection_pool
        connection: AbstractConnection = pool.make_connection()  # type: ignore[no-untyped-call]  # redis-py's own
        await connection.connect()  # type: ignore[no-untyped-call]
        await connection.send_command("CLIENT", "REPLY", "OFF")
        self._connection = connection
        self._watching = asyncio.create_task(self._watch(connection))
        return connection

    async def _watch(self, connection: AbstractConnection) -> None:
        """Notice at once that a connection has ended: what is written into one that has is lost without a word."""
        with suppress(RedisError, OSError):
            await connection.read_response(timeout=math.inf)
        if connection is self._connection:
            self._watching = None
            self.on_loss()
            await self.close()

    async def close(self) -> None:
        """Give the connection back."""
        connection, self._connection = self._connection, None
        if self._watching is not None:
            self._watching.cancel()
        if connection is not None:
            await connection.disconnect(nowait=True)
