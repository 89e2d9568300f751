"""A visitor and operators talk over real sockets of a running site."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from redis import Redis
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from conversations.models import Message
from tenants.ids import uuid7
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, make_cast
from tests.clients import Everywhere
from tests.conversations.sockets.talk import Talk, as_operator, as_visitor, session_cookie, socket_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def test_a_message_reaches_every_operator_of_the_tenant_and_no_other(people: Cast) -> None:
    async with (
        as_operator(people.alice) as alice,
        as_operator(people.mallory) as mallory,
        as_visitor(people.vera) as vera,
    ):
        conversation_id = await vera.begin("Where is my order?")

        created = await alice.until("conversation.created")
        said = await alice.until("message.created")
        assert (created["position"], created["row"]["contact"]["name"]) == (1, "Vera")
        assert (said["position"], said["message"]["text"]) == (2, "Where is my order?")
        assert said["conversation_id"] == conversation_id

        await mallory.say("ping")
        await mallory.until("pong")
        assert [frame["type"] for frame in mallory.seen] == ["welcome"]


async def test_a_note_is_never_sent_to_the_contact(people: Cast) -> None:
    async with as_operator(people.alice) as alice, as_visitor(people.vera) as vera:
        conversation_id = await vera.begin()
        assert (await alice.send(conversation_id, "VIP", kind="note"))["type"] == "ok"
        assert (await alice.send(conversation_id, "Hi"))["type"] == "ok"

        joined, said = await vera.until("conversation.assigned"), await vera.heard("Hi")
        assert joined["line"]["line"] == {"code": "joined", "operator": "Alice"}
        assert said["position"] == 4
        assert not any("VIP" in str(frame) for frame in vera.seen)


async def test_a_resent_message_is_stored_once(people: Cast) -> None:
    async with as_visitor(people.vera) as vera:
        conversation_id = await vera.begin()
        key = uuid7()
        first = await vera.send(conversation_id, "Once", client_id=key)
        second = await vera.send(conversation_id, "Once", client_id=key)

        assert (first["is_new"], second["is_new"]) == (True, False)
        assert first["message"]["id"] == second["message"]["id"]
        assert await sync_to_async(stored)(people, "Once") == 1


def stored(people: Cast, text: str) -> int:
    with tenant_scope(TenantId(people.acme.pk)):
        return Message.objects.filter(text=text).count()


async def test_a_visitor_who_comes_back_gets_what_they_missed(people: Cast) -> None:
    async with as_visitor(people.vera) as vera:
        conversation_id = await vera.begin()
    async with as_operator(people.alice) as alice:
        await alice.send(conversation_id, "One")
        await alice.send(conversation_id, "Two")
    async with as_visitor(people.vera) as vera:
        missed = await vera.ask("resume", conversation_id=conversation_id, position=2)

    assert missed["type"] == "events"
    assert [(frame["type"], frame["position"]) for frame in missed["events"]] == [
        ("conversation.assigned", 3),
        ("message.created", 4),
        ("message.created", 5),
    ]
    assert missed["head"] == 5


async def test_a_client_of_another_world_is_told_to_load_afresh(people: Cast) -> None:
    async with as_visitor(people.vera) as vera:
        conversation_id = await vera.begin()
        answer = await vera.ask("resume", conversation_id=conversation_id, position=999)

    assert (answer["type"], answer["head"]) == ("reload", 2)


async def test_typing_is_seen_by_whoever_has_the_conversation_open(people: Cast) -> None:
    async with (
        as_operator(people.alice) as alice,
        as_operator(people.bob) as bob,
        as_visitor(people.vera) as vera,
    ):
        conversation_id = await vera.begin()
        await alice.ask("open", conversation_id=conversation_id)
        await vera.say("typing.start", conversation_id=conversation_id)
        typing = await alice.until("typing.started")
        assert typing["author"] == {"kind": "contact", "id": str(people.vera.contact_id), "name": "Vera"}

        await alice.say("typing.start", conversation_id=conversation_id)
        assert (await vera.until("typing.started"))["author"]["name"] == "Vera"
        assert (await vera.until("typing.started"))["author"]["name"] == "Alice"
        await bob.say("ping")
        await bob.until("pong")
        assert "typing.started" not in [frame["type"] for frame in bob.seen]


async def test_what_an_operator_has_seen_is_told_to_the_contact(people: Cast) -> None:
    async with as_operator(people.alice) as alice, as_visitor(people.vera) as vera:
        conversation_id = await vera.begin()
        opened = await alice.ask("open", conversation_id=conversation_id)
        assert opened["conversation"]["unread_count"] == 1
        await alice.ask("read", conversation_id=conversation_id, position=opened["conversation"]["position"])

        seen = await vera.until("read.changed")
        assert (seen["audience"], seen["position"]) == ("operators", 2)
        assert (await alice.until("unread.changed"))["unread_count"] == 0


async def test_two_operators_on_one_conversation_see_each_other(people: Cast) -> None:
    async with (
        as_operator(people.alice) as alice,
        as_operator(people.bob) as bob,
        as_visitor(people.vera) as vera,
    ):
        conversation_id = await vera.begin()
        await alice.ask("open", conversation_id=conversation_id)
        await bob.ask("open", conversation_id=conversation_id)
        while len((viewing := await alice.until("viewing.changed"))["operators"]) < 2:
            pass
        assert [viewer["name"] for viewer in viewing["operators"]] == ["Alice", "Bob"]
        await bob.ask("close", conversation_id=conversation_id)
        assert [viewer["name"] for viewer in (await alice.until("viewing.changed"))["operators"]] == ["Alice"]


async def test_a_wrong_token_closes_the_socket(people: Cast) -> None:
    async with connect(socket_url("/ws/contact/")) as connection:
        await connection.send('{"type": "hello", "token": "nonsense"}')
        assert '"unauthenticated"' in str(await connection.recv())
        with pytest.raises(ConnectionClosed) as closed:
            await connection.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


async def test_commands_before_the_greeting_are_refused(people: Cast) -> None:
    async with connect(socket_url("/ws/contact/")) as connection:
        await connection.send('{"type": "conversation.start", "ref": "1"}')
        assert '"unauthenticated"' in str(await connection.recv())


async def test_an_operators_socket_is_refused_to_foreign_pages(people: Cast) -> None:
    cookie = await sync_to_async(session_cookie)(people.alice)
    for origin in (Origin("https://evil.example"), Origin("http://localhost:1"), None):
        with pytest.raises(InvalidStatus):
            await connect(socket_url("/ws/operator/"), additional_headers={"Cookie": cookie}, origin=origin)


async def test_an_operators_socket_without_a_session_is_closed(people: Cast) -> None:
    async with connect(socket_url("/ws/operator/"), origin=Origin(settings.PARLEY_ORIGIN)) as connection:
        with pytest.raises(ConnectionClosed) as closed:
            await connection.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


@pytest.mark.parametrize(
    "text",
    ["no json", "[]", '{"no": "type"}', '{"type": 1}', "[" * 5000],
    ids=["text", "list", "none", "number", "deep"],
)
async def test_a_frame_that_is_no_command_closes_with_its_code(people: Cast, text: str) -> None:
    async with as_visitor(people.vera) as vera:
        await vera.connection.send(text)
        assert (await vera.receive())["code"] == "bad_request"
        with pytest.raises(ConnectionClosed) as closed:
            await vera.receive()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4400


async def test_a_refused_message_says_why_and_the_socket_lives(people: Cast) -> None:
    async with as_visitor(people.vera) as vera:
        conversation_id = await vera.begin()
        assert (await vera.send(conversation_id, "x" * 10_001))["code"] == "too_large"
        assert (await vera.send(conversation_id, "  "))["code"] == "bad_request"
        assert (await vera.ask("dance"))["code"] == "bad_request"
        assert (await vera.send(conversation_id, "Still here"))["type"] == "ok"


async def test_a_flood_is_slowed_and_then_cut(people: Cast) -> None:
    async with as_visitor(people.vera) as vera:
        answers = await asyncio.gather(*(vera.connection.send('{"type": "ping"}') for _ in range(200)))
        assert len(answers) == 200
        codes: list[str | None] = []
        with pytest.raises(ConnectionClosed) as closed:
            await collect(vera, codes)
    assert "too_many_requests" in codes
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4429


async def collect(talk: Talk, codes: list[str | None]) -> None:
    while True:
        codes.append((await talk.receive()).get("code"))


async def test_an_idle_socket_still_hears_after_eight_seconds(people: Cast) -> None:
    async with as_operator(people.alice) as alice, as_visitor(people.vera) as vera:
        conversation_id = await vera.begin()
        await asyncio.sleep(8)
        await alice.send(conversation_id, "Are you still there?")
        assert (await vera.heard("Are you still there?"))["position"] == 4


async def test_a_visitor_hears_when_somebody_comes_and_when_the_last_one_leaves(
    people: Cast, everywhere: Everywhere
) -> None:
    everywhere.put("tenants.websocket.HEARTBEAT_SECONDS", 0.1)
    async with as_visitor(people.vera) as vera:
        assert (await vera.until("welcome"))["inbox"]["online"] is False
        async with as_operator(people.alice):
            assert (await vera.until("inbox.changed"))["online"] is True
        # She might be back in a moment: that moment is over.
        with Redis.from_url(settings.REDIS_URL) as client:
            client.delete(f"board:{people.acme.pk.hex}:operator")
        assert await vera.until("inbox.changed") == {
            "type": "inbox.changed",
            "name": "Website",
            "is_open": True,
            "online": False,
            "next_opening": None,
        }
        await asyncio.sleep(0.3)
        await vera.say("ping")
        await vera.until("pong")
        assert {frame["type"] for frame in vera.seen} == {"heartbeat"}
