"""Every command of both sockets x whose conversation it names. Built from the consumers: a new command fails here
until it is in one of the lists."""

import pytest
from asgiref.sync import sync_to_async

from conversations.consumers import ContactConsumer, OperatorConsumer
from conversations.models import Conversation
from tenants.ids import uuid7
from tenants.models import EventRecord
from tenants.scoping import tenant_scope
from tests.cast import Cast, make_cast, make_visitor
from tests.conversations.sockets.talk import Talk, as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)

# About the visitor alone: they name no conversation.
OWN_AFFAIRS = {"conversation.start", "identify", "language", "page"}
# Told to nobody when there is nobody to tell: no answer, and no change.
UNANSWERED = {"delivered"}
FIELDS = {"text": "Hi", "position": 1, "score": 5, "kind": "reply"}


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


def world(cast: Cast) -> list[object]:
    """Return everything a foreign command might have changed."""
    with tenant_scope(cast.acme.pk):
        rows = Conversation.objects.order_by("pk").values_list()
        return [*rows, EventRecord.objects.count()]


async def refused(talk: Talk, command: str, conversation_id: str) -> None:
    if command in UNANSWERED:
        await talk.say(command, conversation_id=conversation_id, **FIELDS)
        assert (await talk.ask("resume", conversation_id=conversation_id, position=0))["code"] == "not_found"
        return
    answer = await talk.ask(command, conversation_id=conversation_id, client_id=uuid7(), **FIELDS)
    assert (answer["type"], answer["code"]) == ("error", "not_found")


@pytest.mark.parametrize("command", sorted(set(ContactConsumer.commands) - OWN_AFFAIRS))
async def test_a_contact_finds_nothing_of_anothers_conversation(people: Cast, command: str) -> None:
    other = await sync_to_async(make_visitor)(people.acme_widget, name="Otto")
    async with as_visitor(people.vera) as vera, as_visitor(other) as otto:
        conversation_id = await vera.begin()
        before = await sync_to_async(world)(people)
        await refused(otto, command, conversation_id)

        assert await sync_to_async(world)(people) == before


@pytest.mark.parametrize("command", sorted(set(ContactConsumer.commands) - OWN_AFFAIRS))
async def test_a_contact_of_another_tenant_finds_nothing(people: Cast, command: str) -> None:
    stranger = await sync_to_async(make_visitor)(people.globex_widget, name="Otto")
    async with as_visitor(people.vera) as vera, as_visitor(stranger) as otto:
        conversation_id = await vera.begin()
        before = await sync_to_async(world)(people)
        await refused(otto, command, conversation_id)

        assert await sync_to_async(world)(people) == before


@pytest.mark.parametrize("command", sorted(set(OperatorConsumer.commands) - {"close", "visitors"}))
async def test_an_operator_finds_nothing_of_another_tenant(people: Cast, command: str) -> None:
    async with as_visitor(people.vera) as vera, as_operator(people.mallory) as mallory:
        conversation_id = await vera.begin()
        before = await sync_to_async(world)(people)
        await refused(mallory, command, conversation_id)

        assert await sync_to_async(world)(people) == before


@pytest.mark.parametrize("command", sorted(set(ContactConsumer.commands) - OWN_AFFAIRS))
async def test_a_conversation_that_is_no_id_is_not_there(people: Cast, command: str) -> None:
    async with as_visitor(people.vera) as vera:
        for named in ("nonsense", "", None, 7, {"id": 1}):
            answer = await vera.ask(command, conversation_id=named, client_id=uuid7(), **FIELDS)
            assert (answer["type"], answer["code"]) == ("error", "not_found")
