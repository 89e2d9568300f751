"""Who is on the site, as operators see it."""

import asyncio
import time

import pytest
from asgiref.sync import sync_to_async
from redis import Redis

from conversations.consumers import board as boards
from conversations.consumers.connections import presence
from conversations.presence import ALIVE_SECONDS
from tenants.events.groups import inbox_group
from tenants.events.hub import hub
from tenants.ids import uuid7
from tenants.scoping import TenantId
from tests.cast import Cast, make_cast
from tests.conversations.sockets.talk import as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def test_a_visitor_who_comes_and_leaves_is_told_and_a_reload_is_not(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "LEAVE_SECONDS", 0.5)
    async with as_operator(people.alice) as alice:
        async with as_visitor(people.vera):
            came = await alice.until("presence.changed")
        async with as_visitor(people.vera):
            await asyncio.sleep(1)
            await alice.ask("read", conversation_id=str(uuid7()), position=0)
            assert [frame for frame in alice.seen if frame["type"] == "presence.changed"] == []
        left = await alice.until("presence.changed")
    vera = str(people.vera.contact_id)
    assert (came["contact_id"], came["online"]) == (vera, True)
    assert (left["contact_id"], left["online"]) == (vera, False)


async def test_the_visitors_of_a_process_that_died_are_found_gone(people: Cast, broker: Redis) -> None:
    tenant_id, ghost = TenantId(people.acme.pk), uuid7()

    class Ear:
        channel_name = "ear"
        heard: list[str] = []

        def deliver(self, text: str) -> None:
            self.heard.append(text)

        def suspect(self) -> None:
            raise AssertionError("nothing was missed")

    ear, board = Ear(), boards.Board()
    await hub().join(inbox_group(tenant_id), ear)
    await presence().arrive(tenant_id=tenant_id, kind="contact", owner=ghost, socket="of a dead process")
    await board.compare(tenant_id)
    assert ear.heard == []
    await sync_to_async(broker.zadd)(
        f"board:{tenant_id.hex}:contact", {ghost.hex: time.time() - ALIVE_SECONDS - 1}
    )
    board._compared_at.clear()
    await board.compare(tenant_id)
    await hub().close()
    assert [text for text in ear.heard if str(ghost) in text and '"online": false' in text] == ear.heard
    assert len(ear.heard) == 1
