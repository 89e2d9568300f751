"""What a deactivated operator was answering goes back to the queue, and their socket closes."""

import pytest
from asgiref.sync import sync_to_async
from websockets.exceptions import ConnectionClosed

from conversations.handover import HandOver
from conversations.models import Conversation
from operators.actions.deactivate_operator import deactivate_operator
from tenants.events.reader import read_all
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin, close, make_cast, make_visitor, reply
from tests.conversations.sockets.talk import as_operator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


def deactivate(people: Cast) -> None:
    with tenant_scope(people.acme.pk):
        deactivate_operator(actor=people.bob.actor, operator_id=people.alice.pk)


def test_open_conversations_are_handed_back_and_resolved_ones_stay(people: Cast) -> None:
    held, done = begin(people.vera, "One"), begin(make_visitor(people.acme_widget, name="Otto"), "Two")
    reply(people.alice, held)
    reply(people.alice, done)
    close(people.alice, done)
    deactivate(people)
    read_all(reader=HandOver(), tenant_id=TenantId(people.acme.pk))

    with tenant_scope(people.acme.pk):
        assert Conversation.objects.get(pk=held.pk).operator_id is None
        assert Conversation.objects.get(pk=done.pk).operator_id == people.alice.pk


async def test_the_socket_of_whoever_is_deactivated_closes_at_once(people: Cast) -> None:
    async with as_operator(people.alice) as alice:
        await sync_to_async(deactivate)(people)
        with pytest.raises(ConnectionClosed) as closed:
            await alice.until("never")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
