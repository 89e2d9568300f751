"""The web process is killed while messages are on their way."""

import asyncio
from uuid import UUID

import pytest

from conversations.models import Message
from tenants.ids import uuid7
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin
from tests.faults.journal import faults
from tests.faults.stage import Stage
from tests.faults.tab import Tab

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 30


def stored(conversation_id: UUID, tenant_id: UUID) -> list[str]:
    with tenant_scope(TenantId(tenant_id)):
        rows = Message.objects.filter(conversation_id=conversation_id, kind="reply")
        return list(rows.order_by("contact_position").values_list("text", flat=True))


def test_a_killed_web_process_loses_no_acknowledged_message_and_none_is_shown_twice(
    cast: Cast, stage: Stage
) -> None:
    conversation = begin(cast.vera)
    said = [f"Message {number}" for number in range(COUNT)]
    stage.start_web()

    async def scene() -> tuple[Tab, Tab]:
        writer, watcher = (
            Tab(url=stage.socket_url, token=cast.vera.token, conversation_id=conversation.pk)
            for _ in range(2)
        )
        async with watcher.open(), writer.open():
            await writer.until(lambda: writer.connections and watcher.connections)
            for text in said:
                writer.say(str(uuid7()), text)
            await writer.until(lambda: len(writer.acknowledged) >= COUNT // 3)
            await asyncio.to_thread(stage.web.kill)
            acknowledged = dict(writer.acknowledged)
            await asyncio.to_thread(stage.start_web)
            await writer.until(lambda: len(writer.acknowledged) == COUNT)
            await watcher.until(lambda: len(watcher.shown) >= COUNT)
            assert acknowledged.items() <= writer.acknowledged.items()
        return writer, watcher

    writer, watcher = asyncio.run(scene())

    assert (writer.connections >= 2, watcher.connections >= 2) == (True, True)
    kept = stored(conversation.pk, conversation.tenant_id)
    assert faults(said=said, kept=kept, tabs=[writer, watcher]) == []
