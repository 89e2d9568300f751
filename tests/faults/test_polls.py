"""The broker goes while visitors poll: they are told when to come again, and lose nothing that was acknowledged."""

import asyncio

import pytest

from conversations.models import Message
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast
from tests.conversations.sockets.polling import CONTACT, Closed, Poll, polling_visitor
from tests.faults.stage import Stage, answers, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_the_broker_a_poll_is_told_when_to_come_again(cast: Cast, stage: Stage) -> None:
    async def scene() -> None:
        async with polling_visitor(cast.vera, sites=[stage.origin]) as vera:
            conversation_id = await vera.begin("Before")
            stage.kill_broker()
            opening = Poll(CONTACT, sites=[stage.origin])
            async with opening.http:
                refused = [await vera.post(), await opening.post(b"[]")]
            assert [answer.status_code for answer in refused] == [503, 503]
            assert [answer.headers["Retry-After"] for answer in refused] == ["2", "2"]
            assert [answer.json()["code"] for answer in refused] == ["unavailable", "unavailable"]
            stage.broker.start()
            with pytest.raises(Closed, match="410"):
                await vera.say("ping")
            async with polling_visitor(cast.vera, sites=[stage.origin]) as again:
                await again.send(conversation_id, "After")

    stage.webs[0].start()
    wait_until(lambda: answers(stage.ports[0]), "the web process answers")
    asyncio.run(scene())
    assert texts(cast) == ["Before", "After"]


def texts(cast: Cast) -> list[str]:
    with tenant_scope(TenantId(cast.acme.pk)):
        return list(Message.objects.exclude(kind="event").order_by("id").values_list("text", flat=True))
