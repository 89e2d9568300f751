"""Who is here, in the broker with a time to live. It never touches PostgreSQL.

Every socket is one member of a sorted set, scored by the moment it runs out, so that a process that
dies takes nobody with it for long and one closed tab of two leaves the contact online.
"""

import json
import time
from collections.abc import Collection
from math import inf
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from django.conf import settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import RedisError

from conversations.shapes import VisitorShape
from tenants.scoping import TenantId

# A heartbeat renews every 25 s; missing two means gone.
ALIVE_SECONDS: Final = 60
# How long after their last socket somebody still counts as here. An operator who reloads, or looks at a
# report, has not left; a contact who closed the page is written to by mail.
GRACE_SECONDS: Final = {"operator": 120, "contact": 0}


def _here(tenant_id: TenantId, kind: str, owner: UUID) -> str:
    return f"here:{tenant_id.hex}:{kind}:{owner.hex}"


def _board(tenant_id: TenantId, kind: str) -> str:
    return f"board:{tenant_id.hex}:{kind}"


def _viewing(tenant_id: TenantId, conversation_id: UUID) -> str:
    return f"viewing:{tenant_id.hex}:{conversation_id.hex}"


def _visitor(tenant_id: TenantId, contact_id: UUID) -> str:
    return f"visitor:{tenant_id.hex}:{contact_id.hex}"


class Arrival(NamedTuple):
    """Whether the owner had no other socket, whether the visit is described, since when the last one is gone."""

    was_away: bool
    is_described: bool
    away_seconds: float = 0.0


class Presence:
    """The asynchronous half: what a socket says about itself."""

    def __init__(self, client: AsyncRedis) -> None:
        self.client = client

    async def arrive(self, *, tenant_id: TenantId, kind: str, owner: UUID, socket: str) -> Arrival:
        """Note that a socket of ``owner`` lives. With the broker away nothing is news."""
        key, moment = _here(tenant_id, kind, owner), time.time()
        try:
            pipe = self.client.pipeline(transaction=True)
            pipe.zremrangebyscore(key, 0, moment)
            pipe.zcard(key)
            pipe.zscore(_board(tenant_id, kind), owner.hex)
            pipe.zadd(key, {socket: moment + ALIVE_SECONDS})
            pipe.expire(key, ALIVE_SECONDS * 2)
            pipe.zadd(_board(tenant_id, kind), {owner.hex: moment + ALIVE_SECONDS})
            if kind == "contact":
                pipe.expire(_visitor(tenant_id, owner), ALIVE_SECONDS * 2)
            answers = await pipe.execute()
        except (RedisError, OSError):
            return Arrival(was_away=False, is_described=True)
        away = inf if answers[2] is None else max(0.0, moment - float(answers[2]))
        return Arrival(was_away=int(answers[1]) == 0, is_described=bool(answers[-1]), away_seconds=away)

    async def depart(self, *, tenant_id: TenantId, kind: str, owner: UUID, socket: str) -> bool:
        """Note that a socket is gone. Returns whether it was the owner's last."""
        key = _here(tenant_id, kind, owner)
        try:
            pipe = self.client.pipeline(transaction=True)
            pipe.zrem(key, socket)
            pipe.zremrangebyscore(key, 0, time.time())
            pipe.zcard(key)
            is_last = int((await pipe.execute())[2]) == 0
            if is_last:
                await self.client.zadd(
                    _board(tenant_id, kind), {owner.hex: time.time() + GRACE_SECONDS[kind]}
                )
        except (RedisError, OSError):
            return False
        return is_last

    async def has_socket(self, *, tenant_id: TenantId, kind: str, owner: UUID) -> bool:
        """Tell whether ``owner`` has a live socket. True when the broker is away: nobody is said to have left."""
        try:
            return bool(await self.client.zcount(_here(tenant_id, kind, owner), time.time(), "+inf"))
        except (RedisError, OSError):
            return True

    async def board(self, *, tenant_id: TenantId, kind: str) -> set[UUID] | None:
        """Return everybody of a kind with a live socket, and forget the others; None when the broker is away."""
        key = _board(tenant_id, kind)
        try:
            await self.client.zremrangebyscore(key, 0, time.time() - ALIVE_SECONDS)
            found = await self.client.zrangebyscore(key, time.time(), "+inf")
        except (RedisError, OSError):
            return None
        return {UUID(hex=item.decode()) for item in cast("list[bytes]", found)}

    async def describe(
        self, *, tenant_id: TenantId, visitors: Collection[VisitorShape], gone: Collection[UUID]
    ) -> None:
        """Keep what visitors do now as long as their sockets live; forget those who left."""
        try:
            pipe = self.client.pipeline(transaction=False)
            for visitor in visitors:
                key = _visitor(tenant_id, UUID(visitor["contact_id"]))
                pipe.set(key, json.dumps(visitor, ensure_ascii=False), ex=ALIVE_SECONDS * 2)
            if gone:
                pipe.delete(*(_visitor(tenant_id, contact_id) for contact_id in gone))
            await pipe.execute()
        except (RedisError, OSError):
            return

    async def visitors(
        self, *, tenant_id: TenantId, contact_ids: Collection[UUID]
    ) -> dict[UUID, VisitorShape]:
        """Return what is known of these visitors; nothing when the broker is away."""
        keys = [_visitor(tenant_id, contact_id) for contact_id in contact_ids]
        try:
            found = await self.client.mget(keys) if keys else []
        except (RedisError, OSError):
            return {}
        known = [cast("VisitorShape", json.loads(value)) for value in found if value is not None]
        return {UUID(visitor["contact_id"]): visitor for visitor in known}

    async def view(
        self, *, tenant_id: TenantId, conversation_id: UUID, operator: dict[str, Any] | None, socket: str
    ) -> list[dict[str, Any]]:
        """Note who looks at a conversation through a socket (None: no longer), and return all who do."""
        key = _viewing(tenant_id, conversation_id)
        try:
            if operator is None:
                await self.client.hdel(key, socket)
            else:
                await self.client.hset(
                    key, socket, json.dumps({**operator, "until": time.time() + ALIVE_SECONDS})
                )
                await self.client.expire(key, ALIVE_SECONDS * 2)
            found = [json.loads(value) for value in (await self.client.hgetall(key)).values()]
        except (RedisError, OSError):
            return []
        alive = {entry["id"]: entry for entry in found if entry.pop("until") > time.time()}
        return sorted(alive.values(), key=lambda entry: str(entry["name"]))


def _client() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def is_here(*, tenant_id: TenantId, kind: str, owner: UUID) -> bool:
    """Tell whether ``owner`` (a contact or an operator) has a live socket. False when the broker is away."""
    try:
        with _client() as client:
            return bool(client.zcount(_here(tenant_id, kind, owner), time.time(), "+inf"))
    except (RedisError, OSError):
        return False


def who_is_here(*, tenant_id: TenantId, kind: str) -> set[UUID]:
    """Return everybody of a kind (``contact`` or ``operator``) with a live socket."""
    try:
        with _client() as client:
            found = client.zrangebyscore(_board(tenant_id, kind), time.time(), "+inf")
    except (RedisError, OSError):
        return set()
    return {UUID(hex=item.decode()) for item in cast("list[bytes]", found)}
