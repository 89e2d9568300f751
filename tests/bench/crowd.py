"""Thousands of visitors of one tenant, made set by set; and their sockets.

Import only after Django is set up.
"""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import psycopg

from tenants.actions.create_tenant import create_tenant
from tests.bench.client import Client
from tests.bench.grown import columns_of
from tests.bench.stage import Process
from tests.cast import begin, make_inbox, make_visitor

CROWD = 2_000
PATIENCE = 60.0  # seconds until all of a crowd must be in

# Every visitor has one conversation with one message, as the first visitor of the tenant has.
SEED = """
WITH first AS (SELECT * FROM conversations_conversation WHERE id = %(conversation)s),
numbers AS (SELECT n, uuidv7() AS contact, uuidv7() AS conversation FROM generate_series(1, %(count)s) n),
contacts AS (
    INSERT INTO conversations_contact
    SELECT made.* FROM conversations_contact c, first f, numbers,
        jsonb_populate_record(c, jsonb_build_object('id', numbers.contact)) made
    WHERE c.id = f.contact_id RETURNING id
),
sessions AS (
    INSERT INTO conversations_visitorsession
    SELECT made.* FROM conversations_visitorsession s, first f, numbers,
        jsonb_populate_record(s, jsonb_build_object('id', uuidv7(), 'contact_id', numbers.contact,
            'token_hash', encode(sha256(convert_to('token ' || n, 'UTF8')), 'hex'),
            'handle_hash', encode(sha256(convert_to('handle ' || n, 'UTF8')), 'hex'))) made
    WHERE s.contact_id = f.contact_id RETURNING id
),
conversations AS (
    INSERT INTO conversations_conversation ({columns})
    SELECT {made} FROM first f, numbers,
        jsonb_populate_record(f::conversations_conversation, jsonb_build_object(
            'id', numbers.conversation, 'contact_id', numbers.contact, 'client_id', uuidv7())) made
    RETURNING id
)
SELECT n, conversation FROM numbers ORDER BY n
"""


class Crowd:
    """The visitors' tokens and conversations."""

    def __init__(self, database: psycopg.Connection, *, count: int = CROWD) -> None:
        tenant = create_tenant(name="Crowd")
        conversation = begin(make_visitor(make_inbox(tenant)), "Hello")
        columns = columns_of(database, "conversations_conversation")
        seed = SEED.format(columns=", ".join(columns), made=", ".join(f"made.{name}" for name in columns))
        rows = database.execute(seed, {"conversation": conversation.pk, "count": count}).fetchall()
        database.execute("ANALYZE")
        self.members: Sequence[tuple[str, UUID]] = [(f"token {number}", made) for number, made in rows]
        self.position = conversation.contact_position


class Guest:
    """A visitor's socket: greeted, and up to date with the one conversation."""

    client: Client

    def __init__(self) -> None:
        self.is_in: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def hear(self, text: str) -> None:
        if '"welcome"' in text[:24] and not self.greeted.done():
            self.greeted.set_result(None)
        elif '"events"' in text[:24] and not self.is_in.done():
            self.is_in.set_result(None)
        elif '"error"' in text[:24] and not self.is_in.done():
            self.is_in.set_exception(ConnectionError(text))

    @classmethod
    async def enter(
        cls, process: Process, token: str, conversation_id: UUID, position: int, *, resumes: bool
    ) -> "Guest":
        guest = cls()
        async with asyncio.timeout(PATIENCE):
            guest.client = await Client.connect(port=process.port, path="/ws/contact/", heard=guest.hear)
            guest.client.send(type="hello", token=token)
            await guest.greeted
            if resumes:
                guest.client.send(
                    type="resume", ref="1", conversation_id=str(conversation_id), position=position
                )
                await guest.is_in
        return guest


async def enter_all(
    process: Process, crowd: Crowd, *, first: int = 0, count: int = CROWD, resumes: bool = True
) -> tuple[list[Client], int]:
    """Let visitors in, all at once; return their sockets and how many failed."""
    members = crowd.members[first : first + count]
    made = await asyncio.gather(
        *(Guest.enter(process, *member, crowd.position, resumes=resumes) for member in members),
        return_exceptions=True,
    )
    clients = [guest.client for guest in made if isinstance(guest, Guest)]
    return clients, count - len(clients)


async def open_raw(process: Process, *, count: int = CROWD) -> tuple[list[Client], int]:
    """Open bare sockets of the raw echo, all at once; return them and how many failed."""
    made = await asyncio.gather(
        *(Client.connect(port=process.port, path="/raw/", heard=lambda _: None) for _ in range(count)),
        return_exceptions=True,
    )
    clients = [client for client in made if isinstance(client, Client)]
    return clients, count - len(clients)


async def leave(clients: Sequence[Client]) -> None:
    """Close sockets, and give the server time to notice."""
    for client in clients:
        client.close()
    await asyncio.sleep(3)
