"""When the server ends a socket of its own accord."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import Client
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from operators.models import Operator
from tests.cast import Cast, make_cast
from tests.clients import Everywhere
from tests.conversations.sockets.talk import Talk, as_operator, as_visitor, socket_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def close_code(talk: Talk) -> int:
    """Return the code with which the server closes, within seconds."""
    with pytest.raises(ConnectionClosed) as closed:
        async with asyncio.timeout(10):
            await talk.until("never")
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


async def test_who_never_greets_is_sent_away(people: Cast, everywhere: Everywhere) -> None:
    everywhere.put("conversations.consumers.contact.HELLO_SECONDS", 0.3)
    async with (
        as_visitor(people.vera) as vera,
        connect(socket_url("/ws/contact/")) as first,
        connect(socket_url("/ws/contact/")) as second,
    ):
        assert [await close_code(Talk(one)) for one in (first, second)] == [4408, 4408]
        assert (await vera.ask("resume", conversation_id="nonsense"))["code"] == "not_found"


def browser_of(operator: Operator) -> Client:
    client = Client()
    client.force_login(operator.user)
    return client


async def test_an_operators_sockets_do_not_outlive_their_log_out(
    people: Cast, everywhere: Everywhere
) -> None:
    everywhere.put("tenants.websocket.HEARTBEAT_SECONDS", 0.5)
    browser = await sync_to_async(browser_of)(people.alice)
    cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
    async with AsyncExitStack() as stack, as_operator(people.alice) as elsewhere:
        tabs = [
            Talk(
                await stack.enter_async_context(
                    connect(
                        socket_url("/ws/operator/"),
                        additional_headers={"Cookie": cookie},
                        origin=Origin(settings.PARLEY_ORIGIN),
                    )
                )
            )
            for _ in range(2)
        ]
        for tab in tabs:
            await tab.until("welcome")
        await sync_to_async(browser.logout)()
        assert [await close_code(tab) for tab in tabs] == [4401, 4401]  # at the first heartbeat
        await elsewhere.say("ping")
        await elsewhere.until("pong")
