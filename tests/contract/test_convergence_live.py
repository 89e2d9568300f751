"""State before + what a socket brought = state fetched fresh, whichever web processes people are at."""

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from conversations.models import Conversation
from tenants.events import Audience
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin, make_cast
from tests.contract.moves import play
from tests.contract.reducer import Snapshot, reduced, snapshot
from tests.conversations.sockets.talk import Talk, as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)

# They carry a position, and are none of the conversation's events.
MARKS = {"read.changed", "delivered.changed"}


@pytest.fixture
def people(clients: list[str]) -> Cast:
    return make_cast()


def fresh(conversation: Conversation) -> dict[Audience, Snapshot]:
    with tenant_scope(TenantId(conversation.tenant_id)):
        return {
            audience: snapshot(conversation.pk, audience)
            for audience in (Audience.OPERATORS, Audience.CONTACT)
        }


def act(cast: Cast, conversation: Conversation, seed: int) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        play(cast, conversation, seed=seed, steps=40)


async def chat(talk: Talk, conversation: Conversation, name: str) -> None:
    for number in range(12):
        await talk.send(str(conversation.pk), f"{name} {number}")


async def brought(talk: Talk, *, after: int, until: int) -> list[dict[str, Any]]:
    """Return the events as a socket brought them, when they are whole; two processes may cross each other."""
    events: dict[int, dict[str, Any]] = {}
    async with asyncio.timeout(20):
        while set(events) != set(range(after + 1, until + 1)):
            frame = talk.seen.pop(0) if talk.seen else await talk.receive()
            # An offer is recorded, in no conversation's order.
            if frame.get("position") is not None and frame["type"] not in MARKS:
                events[frame["position"]] = frame
    return list(events.values())


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_sockets_bring_while_many_act_leads_to_the_fresh_state(people: Cast, seed: int) -> None:
    conversation = await sync_to_async(begin)(people.vera, "Hello")
    before = await sync_to_async(fresh)(conversation)
    async with (
        as_operator(people.alice) as alice,
        as_visitor(people.vera) as vera,
        as_operator(people.bob) as bob,
        as_visitor(people.vera) as tab,
    ):
        await asyncio.gather(
            sync_to_async(act)(people, conversation, seed),
            chat(bob, conversation, "Bob"),
            chat(tab, conversation, "Vera"),
        )
        after = await sync_to_async(fresh)(conversation)
        for audience, talk in ((Audience.OPERATORS, alice), (Audience.CONTACT, vera)):
            row, messages = after[audience]
            events = await brought(talk, after=before[audience][0]["position"], until=row["position"])
            state = await asyncio.to_thread(
                reduced, conversation.pk, audience, before=before[audience], events=events
            )
            assert state["conversations"][str(conversation.pk)] == row
            assert state["threads"][str(conversation.pk)]["messages"] == messages
            assert state["threads"][str(conversation.pk)]["early"] == []
