"""Who is greeted, and what is found soon after a greeting."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from conversations.heads import heads
from conversations.models import Contact, Inbox, VisitorSession
from conversations.visitors import find_visitor
from tenants import hot_path
from tenants.clock import now
from tenants.errors import Unauthenticated
from tenants.events import Audience
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin, make_cast, reply
from tests.conversations.sockets.talk import Talk, as_visitor, socket_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


def block(cast: Cast) -> None:
    Contact.objects.filter(pk=cast.vera.contact_id).update(is_blocked=True)


def switch_off(cast: Cast) -> None:
    Inbox.objects.filter(pk=cast.acme_widget.pk).update(is_enabled=False)


def expire(cast: Cast) -> None:
    VisitorSession.objects.filter(contact=cast.vera.contact_id).update(
        expires_at=now() - timedelta(seconds=1)
    )


@pytest.mark.parametrize("change", [block, switch_off, expire])
async def test_who_may_not_chat_is_refused(people: Cast, change: Callable[[Cast], None]) -> None:
    def made_so() -> None:
        with tenant_scope(TenantId(people.acme.pk)):
            change(people)

    await sync_to_async(made_so)()
    async with connect(socket_url("/ws/contact/")) as connection:
        talk = Talk(connection)
        await talk.say("hello", token=people.vera.token)
        assert (await talk.receive())["code"] == "unauthenticated"
        with pytest.raises(ConnectionClosed) as closed:
            await talk.receive()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


def test_finding_a_visitor_leaves_the_transaction_as_it_was(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.globex.pk)), connection.cursor() as cursor:
        found = find_visitor(token=cast.vera.token)
        assert found.actor.tenant_id == cast.acme.pk
        cursor.execute("SELECT current_setting('parley.tenant_id'), current_setting('parley.lookup', true)")
        assert cursor.fetchone() == (str(cast.globex.pk), "")


def test_a_token_is_not_found_by_its_hash_nor_by_nothing(cast: Cast) -> None:
    for token in ("", "x" * 201, "unknown"):
        with pytest.raises(Unauthenticated):
            find_visitor(token=token)


async def test_a_first_heartbeat_comes_soon_with_the_heads(people: Cast) -> None:
    conversation = await sync_to_async(begin)(people.vera, "Hello")
    async with as_visitor(people.vera) as vera:
        welcome = await vera.until("welcome")
        assert [found["id"] for found in welcome["conversations"]] == [str(conversation.pk)]
        async with asyncio.timeout(3):
            beat = await vera.until("heartbeat")
    assert beat["heads"] == {str(conversation.pk): 2}


async def test_heads_are_read_once_for_all_sockets_and_anew_for_who_doubts(cast: Cast) -> None:
    conversation = await sync_to_async(begin)(cast.vera, "Hello")
    tenant_id, known = TenantId(cast.acme.pk), heads()

    async def head(since: float) -> dict[str, int]:
        return await known.of(
            tenant_id=tenant_id, conversation_ids=[conversation.pk], audience=Audience.CONTACT, since=since
        )

    known.follow(tenant_id, conversation.pk)
    begun = asyncio.get_running_loop().time()
    assert await head(begun) == {str(conversation.pk): 2}
    await sync_to_async(reply)(cast.alice, conversation)
    assert await head(begun) == {str(conversation.pk): 2}
    assert (await head(asyncio.get_running_loop().time()))[
        str(conversation.pk)
    ] == 4  # she joined, and answered
    known.unfollow(tenant_id, conversation.pk)
    await hot_path.close()


async def test_another_tenants_heads_are_not_told(cast: Cast) -> None:
    conversation = await sync_to_async(begin)(cast.vera, "Hello")
    known, stranger = heads(), TenantId(cast.globex.pk)
    known.follow(stranger, conversation.pk)
    found = await known.of(
        tenant_id=stranger, conversation_ids=[conversation.pk], audience=Audience.CONTACT, since=0
    )
    known.unfollow(stranger, conversation.pk)
    await hot_path.close()
    assert found == {}
