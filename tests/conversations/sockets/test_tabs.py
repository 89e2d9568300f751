"""Two tabs of one visitor; a conversation that somebody else begins with them."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from conversations.actions.start_conversation import start_conversation
from conversations.queries import contact_conversation
from conversations.shapes import ContactConversationShape
from tenants.ids import uuid7
from tenants.scoping import TenantId, tenant_scope
from tests.api import as_operator
from tests.cast import Cast, make_cast, make_visitor
from tests.conversations.sockets.talk import as_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def test_another_tab_follows_the_conversation_that_one_begins(people: Cast) -> None:
    async with as_visitor(people.vera) as first, as_visitor(people.vera) as second, asyncio.timeout(20):
        talk = await first.begin("Hello")
        started = await second.until("conversation.started")
        assert started["conversation"]["id"] == talk
        await first.send(talk, "Is anybody there?")
        assert [await second.heard(text) for text in ("Hello", "Is anybody there?")]


async def test_a_tab_that_follows_late_is_told_the_head_soon(people: Cast) -> None:
    """What was said between the word of a conversation and the tab's listening reached it from nobody."""
    async with as_visitor(people.vera) as first, as_visitor(people.vera) as second, asyncio.timeout(10):
        await second.until("heartbeat")  # the first after the greeting; the next would be 25 s away
        talk = await first.begin("Hello")
        await second.until("conversation.started")
        assert (await second.until("heartbeat"))["heads"] == {talk: 2}  # its beginning, and the message


async def test_a_visitor_hears_at_once_what_an_operator_says_first(people: Cast) -> None:
    stranger = await sync_to_async(make_visitor)(people.acme_widget)
    async with as_visitor(people.vera) as vera, as_visitor(stranger) as other, asyncio.timeout(20):
        begun = await sync_to_async(write_first)(people)
        started = await vera.until("conversation.started")
        assert started["conversation"]["id"] == begun["id"]
        # What was said before its socket followed, a page asks for when it is told the head.
        missed = await vera.ask("resume", conversation_id=begun["id"], position=1)
        said = [event["message"]["text"] for event in missed["events"] if "message" in event]
        assert said == ["May I help you?"]
        await vera.send(begun["id"], "Yes, please")
        assert begun["operator"] == {"id": str(people.alice.pk), "name": "Alice"}
        assert "conversation.started" not in [frame["type"] for frame in other.seen]


def write_first(people: Cast) -> dict[str, Any]:
    about = {"contact_id": str(people.vera.contact_id), "inbox_id": str(people.acme_widget.pk)}
    answer = as_operator(people.alice).post(
        "conversations", {**about, "message": {"text": "May I help you?", "kind": "reply"}}
    )
    assert answer.status_code == 201, answer.content
    row: dict[str, Any] = answer.json()
    return row


async def test_what_a_visitor_is_told_of_it_is_what_they_would_fetch(people: Cast) -> None:
    async with as_visitor(people.vera) as vera, asyncio.timeout(20):
        fetch = await sync_to_async(begin_without_a_word)(people)
        started = await vera.until("conversation.started")
        assert started["conversation"] == await sync_to_async(fetch)()


def begin_without_a_word(people: Cast) -> Callable[[], ContactConversationShape]:
    """Begin a conversation without a word; return how its contact would fetch it."""
    tenant_id = TenantId(people.acme.pk)
    with tenant_scope(tenant_id):
        begun = start_conversation(
            actor=people.alice.actor,
            inbox_id=people.acme_widget.pk,
            contact_id=people.vera.contact_id,
            client_id=uuid7(),
            subject="Your order",
        )

    def fetch() -> ContactConversationShape:
        with tenant_scope(tenant_id):
            return contact_conversation(conversation_id=begun.pk)

    return fetch
