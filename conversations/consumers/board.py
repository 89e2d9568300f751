"""Who is on the sites of a tenant and which page they read, as its operators are told: gathered, then at once.

A thousand visitors who come, browse and go are one frame a second: what changed is gathered for a moment, written
to the broker with a time to live, and told together. A contact who reloads a page has not left, so leaving is told
after a moment. A process that dies tells nobody of its visitors: their entries in the broker run out, and the
comparison finds them gone.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from conversations.consumers.connections import presence
from conversations.events import VisitorsChanged
from conversations.presence import Arrival, Living
from conversations.shapes import VisitorShape
from tenants.events.fanout import tell_soon
from tenants.events.hub import Hint, hub
from tenants.events.publish import ephemeral_hints
from tenants.per_loop import PerLoop
from tenants.scoping import TenantId

LEAVE_SECONDS: Final = 4.0
COMPARE_SECONDS: Final = 20.0
GATHER_SECONDS: Final = 1.0
# How many sockets renew in one round trip.
MOST_RENEWED: Final = 500
# How many visitors one frame describes. Of more it says so, and whoever looks at the board asks for it afresh.
MOST_TOLD: Final = 100


@dataclass(slots=True)
class _Changes:
    """What happened on a tenant's sites since it was last told."""

    here: dict[UUID, VisitorShape] = field(default_factory=dict)
    arrived: set[UUID] = field(default_factory=set)
    gone: set[UUID] = field(default_factory=set)


class Board:
    """What the operators' sockets of one event loop believe, and what its visitors' sockets have to tell."""

    def __init__(self) -> None:
        self._believed: dict[TenantId, set[UUID]] = {}
        self._compared_at: dict[TenantId, float] = {}
        self._leaving: dict[UUID, asyncio.Task[None]] = {}
        self._changes: dict[TenantId, _Changes] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._renewals: dict[str, tuple[Living, Callable[[], VisitorShape]]] = {}

    async def arrive(self, *, tenant_id: TenantId, visitor: VisitorShape, socket: str) -> None:
        """Note that a socket of a visitor lives; have it told when they were away."""
        contact_id = UUID(visitor["contact_id"])
        living = Living(tenant_id, "contact", contact_id, socket)
        self._note(living, visitor, await presence().arrive(living))

    def renew(
        self, *, tenant_id: TenantId, contact_id: UUID, socket: str, visiting: Callable[[], VisitorShape]
    ) -> None:
        """Have it noted in a moment that a socket of a visitor still lives. Never waits."""
        if not self._renewals:
            self._later(self._renew_in_a_moment())
        self._renewals[socket] = Living(tenant_id, "contact", contact_id, socket), visiting

    async def _renew_in_a_moment(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        renewals, self._renewals = list(self._renewals.values()), {}
        for first in range(0, len(renewals), MOST_RENEWED):
            chunk = renewals[first : first + MOST_RENEWED]
            arrivals = await presence().arrive_all([living for living, _ in chunk])
            for (living, visiting), arrival in zip(chunk, arrivals, strict=True):
                self._note(living, visiting(), arrival)

    def _note(self, living: Living, visitor: VisitorShape, arrival: Arrival) -> None:
        tenant_id, contact_id = living.tenant_id, living.owner
        if leaving := self._leaving.pop(contact_id, None):
            leaving.cancel()
        if arrival.was_away or not arrival.is_described:
            self.move(tenant_id=tenant_id, visitor=visitor)
        # Whose last socket ended a moment ago has reloaded, here or at another process: that is not told, ever.
        if arrival.was_away and arrival.away_seconds > LEAVE_SECONDS:
            self._changes[tenant_id].arrived.add(contact_id)

    def move(self, *, tenant_id: TenantId, visitor: VisitorShape) -> None:
        """Have it told what a visitor who is here does now: the page, the name, a conversation. Never waits."""
        contact_id = UUID(visitor["contact_id"])
        changes = self._gathered(tenant_id)
        changes.here[contact_id] = visitor
        changes.gone.discard(contact_id)

    async def depart(self, *, tenant_id: TenantId, contact_id: UUID, socket: str) -> None:
        """Note that a socket of a contact is gone; have it told in a moment, unless they come back."""
        self._renewals.pop(socket, None)
        if await presence().depart(Living(tenant_id, "contact", contact_id, socket)):
            self._leaving[contact_id] = asyncio.create_task(self._leave(tenant_id, contact_id))

    async def _leave(self, tenant_id: TenantId, contact_id: UUID) -> None:
        await asyncio.sleep(LEAVE_SECONDS)
        self._leaving.pop(contact_id, None)
        if not await presence().has_socket(tenant_id=tenant_id, kind="contact", owner=contact_id):
            changes = self._gathered(tenant_id)
            changes.gone.add(contact_id)
            changes.here.pop(contact_id, None)
            changes.arrived.discard(contact_id)

    # --- Gathering and telling

    def _gathered(self, tenant_id: TenantId) -> _Changes:
        """Return what is being gathered for a tenant; the first change of a moment begins one."""
        if tenant_id not in self._changes:
            self._changes[tenant_id] = _Changes()
            self._later(self._tell_in_a_moment(tenant_id))
        return self._changes[tenant_id]

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell_in_a_moment(self, tenant_id: TenantId) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        changes = self._changes.pop(tenant_id)
        known = await presence().visitors(tenant_id=tenant_id, contact_ids=changes.here)
        told: list[VisitorShape] = []
        for contact_id, visitor in changes.here.items():
            before = known.get(contact_id)
            # A visit goes on over pages, tabs and reloads.
            now = visitor if before is None else {**visitor, "since": before["since"]}
            if now != before or contact_id in changes.arrived:
                told.append(now)
        await presence().describe(tenant_id=tenant_id, visitors=told, gone=changes.gone)
        believed = self._believed.get(tenant_id, set())
        believed |= changes.arrived
        believed -= changes.gone
        if told or changes.gone:
            tell_soon(tenant_id, _hints(tenant_id, told, changes.gone))

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
        # Who may come back in a moment has not left yet.
        here |= believed & self._leaving.keys()
        self._believed[tenant_id] = here
        came, left = here - believed, believed - here
        if came or left:
            known = await presence().visitors(tenant_id=tenant_id, contact_ids=came)
            hub().deliver(_hints(tenant_id, list(known.values()), left, is_partial=len(known) < len(came)))


def _hints(
    tenant_id: TenantId, here: list[VisitorShape], gone: set[UUID], *, is_partial: bool = False
) -> list[Hint]:
    told = VisitorsChanged(
        here=here[:MOST_TOLD],
        gone=sorted(gone)[:MOST_TOLD],
        is_partial=is_partial or max(len(here), len(gone)) > MOST_TOLD,
    )
    return ephemeral_hints(told, tenant_id)


# The board of the running loop.
board = PerLoop(Board)
