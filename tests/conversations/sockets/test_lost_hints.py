"""After hints may have been lost, everybody is told how to find out what they missed."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from redis import Redis

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
