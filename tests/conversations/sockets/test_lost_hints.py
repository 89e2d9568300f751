"""After hints may have been lost, everybody is told how to find out what they missed."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from redis import Redis

from conversations.models import Conversation
from tenants.scoping import tenant_scope
from tests.cast import Cast, begin, make_cast
from tests.clients import Everywhere
from tests.conversations.sockets.talk import as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def test_an_operator_compares_what_is_open_and_loads_the_list_afresh(
    people: Cast, everywhere: Everywhere, broker: Redis
) -> None:
    for module in ("tenants.websocket", "conversations.consumers.operator"):
        everywhere.put(f"{module}.SUSPECT_SECONDS", 0.0)
    conversation = await sync_to_async(begin)(people.vera, "Hello")
    heads = {str(conversation.pk): conversation.operators_position}
    async with as_operator(people.alice) as alice, as_visitor(people.vera) as vera, asyncio.timeout(20):
        await alice.ask("open", conversation_id=str(conversation.pk))
        for talk in (alice, vera):
            await talk.until("heartbeat")  # the first; the next is due in 25 s
        await sync_to_async(broker.client_kill_filter)(_type="normal", skipme=True)
        reload, compared = await alice.until("reload"), await alice.until("heartbeat")
        told = await vera.until("heartbeat")

    assert reload == {"type": "reload"}
    assert compared["heads"] == heads
    assert told["heads"] == {str(conversation.pk): conversation.contact_position}


async def test_a_visitor_is_told_again_how_far_everybody_has_read(
    people: Cast, everywhere: Everywhere, broker: Redis
) -> None:
    for module in ("tenants.websocket", "conversations.consumers.base", "conversations.consumers.operator"):
        everywhere.put(f"{module}.SUSPECT_SECONDS", 0.0)
    conversation = await sync_to_async(begin)(people.vera, "Hello")
    async with as_visitor(people.vera) as vera, asyncio.timeout(20):
        await vera.until("heartbeat")  # the first; the hub listens
        await sync_to_async(unheard_reading)(people, conversation)
        await sync_to_async(broker.client_kill_filter)(_type="normal", skipme=True)
        told = [await vera.until("read.changed") for _ in range(2)]

    about = {"type": "read.changed", "conversation_id": str(conversation.pk), "position": 2}
    assert told == [{**about, "audience": "contact"}, {**about, "audience": "operators"}]


def unheard_reading(people: Cast, conversation: Conversation) -> None:
    with tenant_scope(conversation.tenant_id):
        Conversation.objects.update(operators_seen_position=2)
