"""What the probes share: the stage, the pairs that talk, the web processes, each started on first use.

Import only after Django is set up.
"""

import asyncio
from collections.abc import Sequence
from functools import cached_property

import psycopg

from conversations.models import Inbox
from tenants.events.hub import ALONE_CALLS, CALL_SECONDS
from tenants.scoping import TenantId, tenant_scope
from tests.bench.crowd import Crowd
from tests.bench.grown import grow
from tests.bench.load import Pair, Plain
from tests.bench.scene import PairScene, make_pairs
from tests.bench.stage import Process, Stage

PAIRS = 64
ROUNDS = 5
# Conversations that another tenant has had. PostgreSQL plans by what its tables hold, and keeps its plans: those
# made for empty tables are no measure of a site that is in use.
HISTORY = 20_000
# Files of its log that a server in use writes over again, 16 MB each. A fresh server makes each anew, full of zeros,
# and everybody waits: it does so for its first minutes at most.
LOG_FILES = 48
# So long a process listens before it knows that no other one does.
SETTLE_SECONDS = (ALONE_CALLS + 1) * CALL_SECONDS


class Rig:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.scenes = self._make_scenes()
        self._is_settled = False
        with stage.superuser() as connection:
            self.crowd = Crowd(connection)
        with tenant_scope(TenantId(self.scenes[0].tenant_id)):
            self.inbox_key = Inbox.objects.values_list("key", flat=True).get()

    @cached_property
    def product(self) -> Process:
        """The process under test. Only one runs at a time: a second one would have to be told everything."""
        return self.stage.process("tests.bench.product:application")

    @cached_property
    def baselines(self) -> Process:
        # Floors stand on the stock server: what ours adds to it is part of the product's cost.
        return self.stage.process("tests.bench.baselines.asgi:application", server="daphne")

    def _make_scenes(self) -> Sequence[PairScene]:
        *scenes, other = make_pairs(PAIRS + 1)
        with self.stage.superuser() as connection:
            grow(connection, conversation_id=str(other.conversation_id), count=HISTORY)
            use(connection)
            for scene in scenes:
                connection.execute(
                    "INSERT INTO bench_room VALUES (%s, '', now(), 0)", [scene.conversation_id]
                )
        return scenes

    def restart(self) -> None:
        """Let fresh processes be started: what was freed inside one is not seen from outside."""
        for name in ("product", "baselines"):
            if name in self.__dict__:
                getattr(self, name).stop()
                delattr(self, name)
        self._is_settled = False

    async def pairs(self, count: int) -> Sequence[Pair]:
        """Return so many pairs of the product, connected, each in a tenant of its own."""
        product, scenes = self.product, self.scenes[:count]
        made = await asyncio.gather(*(Pair.connect(scene, visitors=product) for scene in scenes))
        if not self._is_settled:
            await asyncio.sleep(SETTLE_SECONDS)
            self._is_settled = True
        return made

    async def plain(self, path: str, number: int = 0) -> Plain:
        """Return a socket of a baseline that is answered."""
        room = str(self.scenes[number].conversation_id)
        return await Plain.connect(self.baselines, path=path, room=room)

    async def textbook(self, count: int) -> Sequence[Plain]:
        """Return so many pairs of the textbook's chat."""
        rooms = [str(scene.conversation_id) for scene in self.scenes[:count]]
        made = (
            Plain.connect(self.baselines, path=f"/textbook/{room}/", room=room, has_other=True)
            for room in rooms
        )
        return await asyncio.gather(*made)


def use(server: psycopg.Connection) -> None:
    """Have its log as in a server that has been in use: files to write over are there."""
    server.execute("ALTER SYSTEM SET min_wal_size = '1GB'")
    server.execute("SELECT pg_reload_conf()")
    for _ in range(LOG_FILES):
        server.execute("SELECT pg_logical_emit_message(false, 'bench', '')")
        server.execute("SELECT pg_switch_wal()")
    server.execute("CHECKPOINT")
