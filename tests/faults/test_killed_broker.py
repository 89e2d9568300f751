"""The broker is killed, and comes back empty, while messages and mails are on their way."""

import asyncio

import pytest

from conversations.models import Message
from tenants.ids import uuid7
from tenants.mail import queue_mail
from tenants.models import OutgoingMail, Timer
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin
from tests.faults.journal import faults
from tests.faults.stage import Stage, wait_until
from tests.faults.tab import Tab
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 24


def test_a_killed_broker_loses_no_acknowledged_message_and_none_is_shown_twice(
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
            for text in said[: COUNT // 2]:
                writer.say(str(uuid7()), text)
            await writer.until(lambda: len(writer.acknowledged) >= COUNT // 4)
            await asyncio.to_thread(stage.kill_broker)
            for text in said[COUNT // 2 :]:
                writer.say(str(uuid7()), text)
            # The broker is a hint and never the truth: messages are taken without it.
            await writer.until(lambda: len(writer.acknowledged) == COUNT)
            await asyncio.to_thread(stage.broker.start)
            await watcher.until(lambda: len(watcher.shown) >= COUNT)
            writer.say(str(uuid7()), "Afterwards")
            await watcher.until(lambda: "Afterwards" in watcher.shown)
        return writer, watcher

    writer, watcher = asyncio.run(scene())

    with tenant_scope(TenantId(conversation.tenant_id)):
        rows = Message.objects.filter(conversation=conversation, kind="reply").order_by("contact_position")
        kept = list(rows.values_list("text", flat=True))
    assert faults(said=[*said, "Afterwards"], kept=kept, tabs=[writer, watcher]) == []


def test_mails_that_an_emptied_broker_knew_nothing_of_are_sent_once(
    cast: Cast, stage: Stage, post: MailServer
) -> None:
    stage.worker.start()
    stage.beat.start()
    with tenant_scope(TenantId(cast.acme.pk)):
        first = queue_mail(to="carol@example.com", template="invitation", language="en")
    wait_until(lambda: len(post.accepted) == 1, "the first mail is sent")
    stage.kill_broker()
    with tenant_scope(TenantId(cast.acme.pk)):
        others = [
            queue_mail(to=f"guest{number}@example.com", template="invitation", language="en")
            for number in range(5)
        ]
    stage.broker.start()
    wait_until(lambda: not Timer.objects.filter(kind="mail").exists(), "the other mails are sent")

    assert sorted(message["Message-ID"] for message in post.accepted) == sorted(
        mail.message_id for mail in [first, *others]
    )
    with tenant_scope(TenantId(cast.acme.pk)):
        assert set(OutgoingMail.objects.values_list("state", "doubts")) == {("sent", 0)}
