"""Who is on the sites of a tenant, as its operators are told: at once by events, and now and then by comparing.

A contact who reloads a page has not left, so leaving is told after a moment. A process that dies tells nobody of
its visitors: their entries in the broker run out, and the comparison finds them gone.
"""

import asyncio
from typing import Final
from uuid import UUID

from conversations.consumers.connections import presence
from conversations.events import PresenceChanged
from tenants.events.fanout import tell_soon
from tenants.events.hub import hub
from tenants.events.publish import ephemeral_hints
from tenants.per_loop import PerLoop
from tenants.scoping import TenantId

LEAVE_SECONDS: Final = 4.0
COMPARE_SECONDS: Final = 20.0


class Board:
    """What the operators' sockets of one event loop believe."""

    def __init__(self) -> None:
        self._believed: dict[TenantId, set[UUID]] = {}
        self._compared_at: dict[TenantId, float] = {}
        self._leaving: dict[UUID, asyncio.Task[None]] = {}

    async def arrive(self, *, tenant_id: TenantId, contact_id: UUID, socket: str) -> None:
        """Note that a socket of a contact lives; tell it when they were away."""
        was_away = await presence().arrive(
            tenant_id=tenant_id, kind="contact", owner=contact_id, socket=socket
        )
        if leaving := self._leaving.pop(contact_id, None):
            leaving.cancel()
        elif was_away:
            self._tell(tenant_id, contact_id, online=True)

    async def depart(self, *, tenant_id: TenantId, contact_id: UUID, socket: str) -> None:
        """Note that a socket of a contact is gone; tell it in a moment, unless they came back."""
        if await presence().depart(tenant_id=tenant_id, kind="contact", owner=contact_id, socket=socket):
            self._leaving[contact_id] = asyncio.create_task(self._leave(tenant_id, contact_id))

    async def _leave(self, tenant_id: TenantId, contact_id: UUID) -> None:
        await asyncio.sleep(LEAVE_SECONDS)
        self._leaving.pop(contact_id, None)
        if not await presence().has_socket(tenant_id=tenant_id, kind="contact", owner=contact_id):
            self._tell(tenant_id, contact_id, online=False)

    async def compare(self, tenant_id: TenantId) -> None:
        """Tell the operators of this process whom the broker knows and they do not, and the other way round."""
        moment = asyncio.get_running_loop().time()
        if moment - self._compared_at.get(tenant_id, -COMPARE_SECONDS) < COMPARE_SECONDS:
            return
        self._compared_at[tenant_id] = moment
        here = await presence().board(tenant_id=tenant_id, kind="contact")
        if here is None:
            return
        believed = self._believed.get(tenant_id, here)
        self._believed[tenant_id] = here
        for contact_id in believed ^ here:
            told = PresenceChanged(contact_id=contact_id, online=contact_id in here)
            hub().deliver(ephemeral_hints(told, tenant_id))

    def _tell(self, tenant_id: TenantId, contact_id: UUID, *, online: bool) -> None:
        told = PresenceChanged(contact_id=contact_id, online=online)
        tell_soon(tenant_id, ephemeral_hints(told, tenant_id))


# The board of the running loop.
board = PerLoop(Board)
