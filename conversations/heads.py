"""The newest positions of what the sockets of a process follow, read once for all of them.

An idle visitor costs no statement of their own: one for each tenant and turn serves every heartbeat.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tenants import hot_path
from tenants.events import Audience
from tenants.per_loop import PerLoop
from tenants.scoping import TenantId

STATEMENT: Final = "SELECT conversation_id, operators_position, contact_position FROM heads(%s, %s)"

Positions = dict[UUID, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Read:
    begun: float
    answer: asyncio.Task[Positions]


class Heads:
    """What the sockets of one event loop follow."""

    def __init__(self) -> None:
        self._followed: defaultdict[TenantId, Counter[UUID]] = defaultdict(Counter)
        self._reads: dict[TenantId, _Read] = {}

    def follow(self, tenant_id: TenantId, conversation_id: UUID) -> None:
        """Note that one more socket follows a conversation."""
        self._followed[tenant_id][conversation_id] += 1

    def unfollow(self, tenant_id: TenantId, conversation_id: UUID) -> None:
        """Note that one socket follows a conversation no more."""
        followed = self._followed[tenant_id]
        followed[conversation_id] -= 1
        if not followed[conversation_id]:
            del followed[conversation_id]
        if not followed:
            del self._followed[tenant_id]
            self._reads.pop(tenant_id, None)

    async def of(
        self, *, tenant_id: TenantId, conversation_ids: Iterable[UUID], audience: Audience, since: float
    ) -> dict[str, int]:
        """Return the heads of conversations as one audience counts, no older than ``since`` (the loop's clock).

        Raises Unavailable when the database is away.
        """
        read = self._reads.get(tenant_id)
        if read is None or read.begun < since or (read.answer.done() and read.answer.exception()):
            loop = asyncio.get_running_loop()
            read = self._reads[tenant_id] = _Read(loop.time(), loop.create_task(self._read(tenant_id)))
        known = await asyncio.shield(read.answer)
        place = 1 if audience is Audience.CONTACT else 0
        return {str(pk): known[pk][place] for pk in conversation_ids if pk in known}

    async def _read(self, tenant_id: TenantId) -> Positions:
        rows = await hot_path.fetch(STATEMENT, [tenant_id, list(self._followed[tenant_id])])
        return {pk: (operators, contact) for pk, operators, contact in rows}


# The heads of the running loop.
heads = PerLoop(Heads)
