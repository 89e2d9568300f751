"""Who may not poll, and what is too much."""

import asyncio
import json

import pytest
from asgiref.sync import sync_to_async

from conversations.models import Message
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin, make_cast
from tests.clients import Everywhere
from tests.conversations.sockets.polling import (
    CONTACT,
    OPERATOR,
    Closed,
    Poll,
    operator_headers,
    polling_operator,
    polling_visitor,
)
from tests.conversations.sockets.talk import as_operator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def close_code(poll: Poll, *frames: dict[str, object]) -> int:
    """Return how a session ends that begins so."""
    async with poll.http:
        try:
            await poll.open(*frames)
            while True:
                poll.seen.append(await poll.receive())
        except Closed as closed:
            return closed.code


async def test_a_token_that_is_none_is_refused_as_on_a_socket(people: Cast) -> None:
    poll = Poll(CONTACT)
    assert await close_code(poll, {"type": "hello", "token": "no token"}) == 4401
    assert [frame["code"] for frame in poll.seen] == ["unauthenticated"]


async def test_a_foreign_page_is_refused_as_on_a_socket(people: Cast) -> None:
    foreign = {**await operator_headers(people.alice), "Origin": "https://evil.example"}
    assert await close_code(Poll(OPERATOR, headers=foreign)) == 4403
    assert await close_code(Poll(CONTACT, headers={"Origin": "https://evil.example"})) == 4403


async def test_who_is_not_logged_in_is_refused_as_on_a_socket(people: Cast) -> None:
    headers = await operator_headers(people.alice)
    assert await close_code(Poll(OPERATOR, headers={"Origin": headers["Origin"]})) == 4401


async def test_a_session_serves_nobody_but_who_opened_it(people: Cast) -> None:
    conversation = await sync_to_async(begin)(people.vera, "Hello")
    mallory = await operator_headers(people.mallory)
    async with polling_operator(people.alice) as alice:
        await alice.ask("open", conversation_id=str(conversation.pk))
        own = alice.headers
        for stolen in (mallory, {"Origin": own["Origin"]}, {**own, "Origin": "https://evil.example"}):
            thief = Poll(OPERATOR, headers=stolen)
            thief.id = alice.id
            said = {"type": "message.send", "conversation_id": str(conversation.pk), "text": "Stolen"}
            async with thief.http:
                answers = [
                    await thief.post(),
                    await thief.post(json.dumps([said]).encode(), number=alice.number + 1),
                ]
                assert [answer.json()["code"] for answer in answers] == ["expired", "expired"]
                await thief.leave()
        visitor = Poll(CONTACT, headers=own)
        visitor.id = alice.id
        async with visitor.http:
            assert (await visitor.post()).status_code == 410
        assert (await alice.send(str(conversation.pk), "Still hers"))["type"] == "ok"
    assert await sync_to_async(texts)(people) == ["Hello", "Still hers"]


def texts(cast: Cast) -> list[str]:
    with tenant_scope(TenantId(cast.acme.pk)):
        return list(Message.objects.exclude(kind="event").order_by("id").values_list("text", flat=True))


@pytest.mark.parametrize("id", ["A" * 32, "at:1", "A" * 33, "mail:x", "../x"])
async def test_a_session_that_never_was_is_over(people: Cast, id: str) -> None:
    poll = Poll(CONTACT)
    poll.id = id
    async with poll.http:
        answer = await poll.post()
    assert (answer.status_code, answer.json()["code"]) == (410, "expired")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{}", 400),
        (b"nonsense", 400),
        (b"[" * 5_000, 400),
        (json.dumps([{"type": "ping"}] * 51).encode(), 400),
        (b"[" + b" " * 70_000 + b"]", 413),
    ],
)
async def test_a_body_that_is_no_list_of_frames_or_too_large_is_refused(
    people: Cast, body: bytes, status: int
) -> None:
    async with polling_visitor(people.vera) as vera:
        assert (await vera.post(body, number=2)).status_code == status
        assert (await vera.say_all({"type": "ping"})).status_code == 200  # the session lives on
        opening = Poll(CONTACT)
        async with opening.http:
            assert (await opening.post(body)).status_code == status


@pytest.mark.parametrize("number", ["-1", "1.5", "x", "", "9" * 17, "²"])
async def test_a_number_that_is_none_is_refused(people: Cast, number: str) -> None:
    async with polling_visitor(people.vera) as vera:
        header = number.encode()
        answer = await vera.http.post(
            next(vera.sites) + vera.path,
            content=b'[{"type":"ping"}]',
            headers=[(b"X-Poll-Session", vera.id.encode()), (b"X-Poll-Number", header)],
        )
        assert answer.status_code == 400


@pytest.mark.parametrize("frame", ["text", 5, None, [], {}, {"type": 1}])
async def test_a_frame_that_is_none_of_ours_closes_the_session(people: Cast, frame: object) -> None:
    async with polling_visitor(people.vera) as vera:
        await vera.say_all(frame)  # type: ignore[arg-type]  # what a stranger may send
        with pytest.raises(Closed, match="4400"):
            await vera.until("pong")


async def test_a_frame_longer_than_a_sockets_closes_the_session(people: Cast) -> None:
    async with polling_visitor(people.vera) as vera:
        await vera.say("identify", name="x" * 33_000)
        with pytest.raises(Closed, match="4400"):
            await vera.until("pong")


async def test_a_flood_is_refused_and_then_closed(people: Cast) -> None:
    async def flood(poll: Poll) -> None:
        while True:
            await poll.say_all(*[{"type": "nothing", "ref": "1"}] * 50)
            for _ in range(50):
                poll.seen.append(await poll.receive())

    async with polling_visitor(people.vera) as vera:
        with pytest.raises(Closed, match="4429"):
            await flood(vera)
        codes = [frame["code"] for frame in vera.seen if frame["type"] == "error"]
    answered = codes.index("too_many_requests")
    assert answered >= 39  # the greeting took one of forty, and time gives some more
    assert codes[:answered] == ["bad_request"] * answered
    assert codes[-41:] == ["too_many_requests"] * 41


async def test_a_flood_faster_than_it_can_be_refused_is_closed(people: Cast) -> None:
    async with polling_visitor(people.vera) as vera:
        while not any(frame["type"] == "close" for frame in vera.frames):
            await vera.say_all(*[{"type": "nothing", "ref": "1"}] * 50)
    assert vera.frames[-1] == {"type": "close", "code": 4429}


async def test_who_does_not_take_what_waits_is_closed_to_resync(people: Cast, everywhere: Everywhere) -> None:
    everywhere.put("tenants.polling.lists.MOST_FRAMES", 5)
    conversation = await sync_to_async(begin)(people.vera, "Hello")
    async with polling_visitor(people.vera) as slow, polling_operator(people.alice) as alice:
        for number in range(8):
            await alice.send(str(conversation.pk), f"Number {number}")
        with pytest.raises(Closed, match="4409"):
            await slow.receive()
        assert not slow.frames  # nothing but that: what was missed is found by the positions


async def test_a_session_nobody_asks_for_ends(people: Cast, everywhere: Everywhere) -> None:
    everywhere.put("tenants.polling.lists.IDLE_SECONDS", 1)
    everywhere.put("tenants.polling.exchange.BEAT_SECONDS", 0.2)
    async with as_operator(people.alice) as alice:
        forgetful = Poll(CONTACT)
        async with forgetful.http:
            await forgetful.open({"type": "hello", "token": people.vera.token})
            assert (await forgetful.receive())["type"] == "welcome"
            assert (await alice.until("visitors.changed"))["here"] != []
            async with asyncio.timeout(20):
                assert (await alice.until("visitors.changed"))["gone"] != []
            with pytest.raises(Closed, match="410"):
                await forgetful.receive()


async def test_a_process_that_is_full_says_when_to_come_again(people: Cast, everywhere: Everywhere) -> None:
    everywhere.put("tenants.polling.exchange.MOST_SESSIONS", 0)
    poll = Poll(CONTACT)
    async with poll.http:
        answer = await poll.post(b"[]")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert (answer.json()["code"], answer.json()["retry_after"]) == ("unavailable", 5)


async def test_there_is_nothing_else_under_poll(people: Cast) -> None:
    for path, method, status in [
        ("/poll/ws/other/", "POST", 404),
        ("/poll/", "POST", 404),
        (CONTACT, "GET", 405),
        (CONTACT, "PUT", 405),
    ]:
        poll = Poll(path)
        async with poll.http:
            answer = await poll.http.request(method, next(poll.sites) + path)
        assert answer.status_code == status
