"""Where sockets are blocked, the same frames come by polls, each once and in order."""

import asyncio
import json
from contextlib import suppress

import pytest
from asgiref.sync import sync_to_async

from conversations.models import Message
from tenants.ids import uuid7
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin, make_cast, reply
from tests.clients import Everywhere
from tests.conversations.sockets.polling import CONTACT, Closed, Poll, polling_operator, polling_visitor
from tests.conversations.sockets.talk import as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


def texts(cast: Cast) -> list[str]:
    with tenant_scope(TenantId(cast.acme.pk)):
        return list(Message.objects.exclude(kind="event").order_by("id").values_list("text", flat=True))


async def test_a_visitor_and_an_operator_talk_by_polls(people: Cast) -> None:
    async with polling_visitor(people.vera) as vera, polling_operator(people.alice) as alice:
        welcome = await vera.until("welcome")
        assert welcome["contact"]["id"] == str(people.vera.contact_id)
        assert (await alice.until("welcome"))["operator"]["id"] == str(people.alice.pk)
        conversation_id = await vera.begin("Hello from a train")
        await alice.heard("Hello from a train")
        snapshot = await alice.ask("open", conversation_id=conversation_id)
        assert [message["text"] for message in snapshot["messages"]] == ["Hello from a train"]
        await alice.say("typing.start", conversation_id=conversation_id)
        assert (await vera.until("typing.started"))["author"]["name"] == "Alice"
        sent = await alice.send(conversation_id, "Hello, train")
        assert (sent["type"], sent["is_new"]) == ("ok", True)
        await vera.heard("Hello, train")
    assert await sync_to_async(texts)(people) == ["Hello from a train", "Hello, train"]


async def test_polls_and_sockets_are_in_the_same_conversation(people: Cast) -> None:
    async with (
        polling_visitor(people.vera) as vera,
        as_visitor(people.vera) as tab,
        as_operator(people.alice) as alice,
    ):
        conversation_id = await vera.begin("By polls")
        await tab.heard("By polls")
        await alice.heard("By polls")
        await alice.send(conversation_id, "By socket")
        assert (await vera.heard("By socket"))["position"] == (await tab.heard("By socket"))["position"]


async def test_what_was_missed_between_two_sessions_is_resumed_in_order(people: Cast) -> None:
    conversation = await sync_to_async(begin)(people.vera)
    conversation_id = str(conversation.pk)
    async with polling_visitor(people.vera) as vera:
        await vera.send(conversation_id, "One")
        position = (await vera.heard("One"))["position"]
    for text in ("Two", "Three"):
        await sync_to_async(reply)(people.alice, conversation, text)
    async with polling_visitor(people.vera) as again:
        answer = await again.ask("resume", conversation_id=conversation_id, position=position)
    said = [event["message"]["text"] for event in answer["events"] if event["type"] == "message.created"]
    assert said[-2:] == ["Two", "Three"]
    assert [event["position"] for event in answer["events"]] == list(range(position + 1, answer["head"] + 1))


async def test_an_answer_that_got_lost_is_given_again_until_it_is_seen(people: Cast) -> None:
    async with polling_visitor(people.vera) as vera:
        await vera.say("ping", ref="1")
        first = await vera.post(seen=vera.seen_number)
        again = await vera.post(seen=vera.seen_number)
        assert [frame["type"] for frame in first.json()] == ["pong"]
        assert (again.json(), again.headers["X-Poll-Seen"]) == (first.json(), first.headers["X-Poll-Seen"])
        vera.take(first)
        vera.take(again)
        assert len(vera.frames) == 1
        await vera.say("ping")
        assert [frame["type"] for frame in (await vera.receive(), await vera.receive())] == ["pong", "pong"]


async def test_a_post_that_is_tried_again_is_carried_out_once(people: Cast) -> None:
    conversation = await sync_to_async(begin)(people.vera)
    async with polling_visitor(people.vera) as vera, as_operator(people.alice) as alice:
        await alice.ask("open", conversation_id=str(conversation.pk))
        typing = json.dumps([{"type": "typing.start", "conversation_id": str(conversation.pk)}]).encode()
        for _ in range(3):
            answer = await vera.post(typing, number=2, seen=vera.seen_number)
            assert answer.status_code == 200
        vera.number = 2
        await vera.send(str(conversation.pk), "Said once")
        await alice.heard("Said once")
    assert [frame["type"] for frame in alice.seen].count("typing.started") == 1


async def test_a_post_after_one_that_is_missing_is_refused(people: Cast) -> None:
    async with polling_visitor(people.vera) as vera:
        answer = await vera.post(b'[{"type": "ping"}]', number=3)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
        assert (await vera.say_all({"type": "ping"})).status_code == 200


async def test_many_frames_come_in_their_order(people: Cast) -> None:
    async with polling_visitor(people.vera) as vera:
        await vera.say_all(*({"type": "resume", "ref": str(number)} for number in range(30)))
        frames = [await vera.receive() for _ in range(30)]
    assert [frame["ref"] for frame in frames] == [str(number) for number in range(30)]


async def test_a_request_waits_for_what_comes_and_a_newer_one_relieves_it(people: Cast) -> None:
    async with polling_visitor(people.vera) as vera:
        await vera.until("heartbeat")
        seen = vera.seen_number
        older = asyncio.create_task(vera.post(seen=seen))
        await asyncio.sleep(0.3)
        assert not older.done()
        newer = asyncio.create_task(vera.post(seen=seen))
        async with asyncio.timeout(5):
            assert (await older).json() == []
            assert not newer.done()
            await vera.say("ping")
            assert [frame["type"] for frame in (await newer).json()] == ["pong"]


async def test_a_request_for_which_nothing_comes_is_answered_empty(
    people: Cast, everywhere: Everywhere
) -> None:
    async with polling_visitor(people.vera) as vera:
        await vera.until("heartbeat")
        everywhere.put("tenants.polling.door.WAIT_SECONDS", 0.5)
        answer = await vera.post(seen=vera.seen_number)
    assert (answer.status_code, answer.json()) == (200, [])
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_note_is_never_sent_to_the_contact(people: Cast) -> None:
    async with polling_visitor(people.vera) as vera, polling_operator(people.alice) as alice:
        conversation_id = await vera.begin("Hello")
        await alice.ask("open", conversation_id=conversation_id)
        await alice.send(conversation_id, "A secret of ours", kind="note")
        await alice.until("note.created")
        await alice.send(conversation_id, "An answer")
        said = await vera.heard("An answer")
        assert "secret" not in json.dumps([*vera.seen, *vera.frames, said])
        answer = await vera.ask("resume", conversation_id=conversation_id, position=0)
    assert "secret" not in json.dumps(answer)


async def test_a_message_of_emoji_as_long_as_allowed_gets_through(people: Cast) -> None:
    async with polling_visitor(people.vera) as vera:
        conversation_id = await vera.begin()
        vera.number += 1
        frame = {"type": "message.send", "ref": "long", "conversation_id": conversation_id}
        said = [{**frame, "client_id": str(uuid7()), "text": "😀" * 10_000}]
        answer = await vera.post(json.dumps(said, ensure_ascii=False).encode(), number=vera.number)
        assert answer.status_code == 200
        while (found := await vera.receive()).get("ref") != "long":
            pass
    assert (found["type"], found["message"]["text"]) == ("ok", "😀" * 10_000)


async def test_who_leaves_is_gone_at_once(people: Cast) -> None:
    async with as_operator(people.alice) as alice:
        async with polling_visitor(people.vera) as vera:
            waiting = asyncio.create_task(vera.receive())
            assert (await alice.until("visitors.changed"))["here"] != []
            await asyncio.sleep(1.5)  # its first heartbeat
        with suppress(Closed):
            await asyncio.wait_for(waiting, 5)
        assert (await alice.until("visitors.changed"))["gone"] != []
        with pytest.raises(Closed, match="410"):
            await vera_again(vera)


async def vera_again(old: Poll) -> None:
    """Ask for a session that was left."""
    again = Poll(CONTACT)
    again.id = old.id
    async with again.http:
        await again.receive()
