"""Who is here, in the broker with a time to live. It never touches PostgreSQL.

Every socket is one member of a sorted set, scored by the moment it runs out, so that a process that
dies takes nobody with it for long and one closed tab of two leaves the contact online. The moment is by the
broker's clock: those of the processes need not agree.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from django.conf import settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import RedisError

from conversations.presence_scripts import ARRIVE, BOARD, COUNT, DEPART, FORGET_SECONDS, VIEW
from conversations.shapes import VisitorShape
from tenants.gathering import Gathering
from tenants.scoping import TenantId

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


class Living(NamedTuple):
    """A socket that lives, and whose it is: ``kind`` is contact or operator."""

    tenant_id: TenantId
    kind: str
    owner: UUID
    socket: str


class Arrival(NamedTuple):
    """Whether the owner had no other socket, whether the visit is described, since when the last one is gone."""

    was_away: bool
    is_described: bool
    away_seconds: float = 0.0


class Presence:
    """The asynchronous half: what a socket says about itself."""

    def __init__(self, client: AsyncRedis) -> None:
        self.client = client
        self._arrivals = Gathering(one=self._arrive, many=self.arrive_all)

    async def arrive(self, living: Living) -> Arrival:
        """Note that a socket lives; those that come at the same time share a round trip."""
        return await self._arrivals.run(living, queue=living.tenant_id)

    async def _arrive(self, living: Living) -> Arrival:
        return (await self.arrive_all([living]))[0]

    async def arrive_all(self, living: Sequence[Living]) -> list[Arrival]:
        """Note that sockets live, in one round trip. With the broker away nothing is news."""
        keys: list[str] = []
        values: list[str] = []
        for tenant_id, kind, owner, socket in living:
            keys += _here(tenant_id, kind, owner), _board(tenant_id, kind), _visitor(tenant_id, owner)
            values += socket, owner.hex
        try:
            answers = await self.client.eval(ARRIVE, len(keys), *keys, *values)
        except (RedisError, OSError):
            return [Arrival(was_away=False, is_described=True)] * len(living)
        each = zip(answers[::3], answers[1::3], answers[2::3], strict=True)
        return [
            Arrival(was_away=not others, is_described=bool(is_known), away_seconds=float(away))
            for others, away, is_known in each
        ]

    async def depart(self, living: Living) -> bool:
        """Note that a socket is gone. Returns whether it was the owner's last."""
        tenant_id, kind, owner, socket = living
        keys, grace = (_here(tenant_id, kind, owner), _board(tenant_id, kind)), str(GRACE_SECONDS[kind])
        try:
            return not await self.client.eval(DEPART, 2, *keys, socket, owner.hex, grace)
        except (RedisError, OSError):
            return False

    async def has_socket(self, *, tenant_id: TenantId, kind: str, owner: UUID) -> bool:
        """Tell whether ``owner`` has a live socket. True when the broker is away: nobody is said to have left."""
        try:
            return bool(await self.client.eval(COUNT, 1, _here(tenant_id, kind, owner)))
        except (RedisError, OSError):
            return True

    async def board(self, *, tenant_id: TenantId, kind: str) -> set[UUID] | None:
        """Return everybody of a kind with a live socket, and forget the others; None when the broker is away."""
        try:
            found = await self.client.eval(BOARD, 1, _board(tenant_id, kind))
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
                pipe.set(key, json.dumps(visitor, ensure_ascii=False), ex=FORGET_SECONDS)
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
        said = [] if operator is None else [json.dumps(operator)]
        key = _viewing(tenant_id, conversation_id)
        try:
            found = [json.loads(value) for value in await self.client.eval(VIEW, 1, key, socket, *said)]
        except (RedisError, OSError):
            return []
        alive = {entry["id"]: entry for entry in found}
        return sorted(alive.values(), key=lambda entry: str(entry["name"]))


def _client() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def is_here(*, tenant_id: TenantId, kind: str, owner: UUID) -> bool:
    """Tell whether ``owner`` (a contact or an operator) has a live socket. False when the broker is away."""
    try:
        with _client() as client:
            return bool(client.eval(COUNT, 1, _here(tenant_id, kind, owner)))
    except (RedisError, OSError):
        return False


def who_is_here(*, tenant_id: TenantId, kind: str) -> set[UUID]:
    """Return everybody of a kind (``contact`` or ``operator``) with a live socket."""
    return who_is_known_here(tenant_id=tenant_id, kind=kind) or set()


def who_is_known_here(*, tenant_id: TenantId, kind: str) -> set[UUID] | None:
    """Return what ``who_is_here`` does, but None when the broker is away: nobody knows then."""
    try:
        with _client() as client:
            found = client.eval(BOARD, 1, _board(tenant_id, kind))
    except (RedisError, OSError):
        return None
    return {UUID(hex=item.decode()) for item in cast("list[bytes]", found)}
