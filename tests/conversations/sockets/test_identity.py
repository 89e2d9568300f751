"""Proving over the socket who one is: the new session, the end of the old one, what others hear, what is counted."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from websockets.exceptions import ConnectionClosed

from conversations.models import Contact, IdentityCount
from conversations.visitors import find_visitor
from tenants.ids import uuid7
from tests.cast import Cast, Visiting, make_cast, make_visitor
from tests.conversations.inboxes.widget.asking import change
from tests.conversations.sockets.talk import Talk, as_operator, as_visitor
from tests.identities import make_key, token_of
from tests.operators.scenes import within

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


async def token(people: Cast, sub: str = "user-7", **claims: Any) -> str:
    key = await sync_to_async(make_key)(people.bob, people.acme_widget)
    return token_of(key, sub, **claims)


def visiting(token: str) -> Visiting:
    actor = find_visitor(token=token).actor
    assert actor.id is not None
    return Visiting(contact_id=actor.id, token=token, actor=actor)


async def back(answer: dict[str, Any]) -> Visiting:
    """Return who comes back with the session that was given in an answer."""
    return await sync_to_async(visiting)(answer["token"])


async def closed_with(talk: Talk) -> int:
    """Take in what still comes, and return the code that a socket is closed with."""
    async with asyncio.timeout(20):
        with suppress(ConnectionClosed):
            while True:
                talk.seen.append(await talk.receive())
    code = talk.connection.close_code
    assert code is not None
    return code


def counted(people: Cast) -> list[tuple[int, int, int, str]]:
    with within(people.acme):
        return list(IdentityCount.objects.values_list("signed", "unsigned", "refused", "last_refusal"))


async def test_whoever_is_proven_comes_back_with_another_session_and_all_they_said(people: Cast) -> None:
    proof = await token(people, name="Vera V")
    async with as_visitor(people.vera) as vera, as_operator(people.alice) as alice:
        conversation_id = await vera.begin("Said before")
        answer = await vera.ask("identify", token=proof)
        assert (answer["type"], answer["contact"]["name"], answer["was_other"]) == ("ok", "Vera V", False)
        told = await alice.until("contact.identified")
        assert told["former_contact_id"] == str(people.vera.contact_id)
        assert told["contact_id"] == answer["contact"]["id"]
        assert await closed_with(vera) == 4401
    async with as_visitor(await back(answer)) as known:
        welcome = await known.until("welcome")
        assert [one["id"] for one in welcome["conversations"]] == [conversation_id]
        await known.send(conversation_id, "Said after")
        assert (await alice_hears(people, conversation_id)) == ["Said before", "Said after"]


async def alice_hears(people: Cast, conversation_id: str) -> list[str]:
    async with as_operator(people.alice) as alice:
        opened = await alice.ask("open", conversation_id=conversation_id)
        return [message["text"] for message in opened["messages"]]


async def test_the_sockets_of_who_they_were_hear_nothing_more(people: Cast) -> None:
    proof = await token(people)
    async with as_visitor(people.vera) as vera, as_visitor(people.vera) as planted:
        conversation_id = await vera.begin()
        await planted.until("conversation.started")
        answer = await vera.ask("identify", token=proof)
        async with as_visitor(await back(answer)) as known:
            await known.send(conversation_id, "For the shop alone")
            assert await closed_with(planted) == 4401
        assert not any("For the shop alone" in str(frame) for frame in planted.seen)


async def test_the_other_browser_of_the_same_person_shows_what_came_along(people: Cast) -> None:
    proof = await token(people)
    phone = await sync_to_async(make_visitor)(people.acme_widget, name="")
    async with as_visitor(phone) as first:
        known = await back(await first.ask("identify", token=proof))
    async with as_visitor(known) as on_phone, as_visitor(people.vera) as at_desk:
        conversation_id = await at_desk.begin("From the desk")
        answer = await at_desk.ask("identify", token=proof)
        started = await on_phone.until("conversation.started")
        assert started["conversation"]["id"] == conversation_id
        async with as_visitor(await back(answer)) as again:
            await again.send(conversation_id, "And more")
            assert (await on_phone.heard("And more"))["conversation_id"] == conversation_id


async def test_the_same_person_again_keeps_the_session(people: Cast) -> None:
    proof = await token(people)
    async with as_visitor(people.vera) as vera:
        known = await back(await vera.ask("identify", token=proof))
    async with as_visitor(known) as vera:
        answer = await vera.ask("identify", token=proof)
        assert sorted(answer) == ["contact", "ref", "type"]
        assert (await vera.ask("conversation.start", client_id=uuid7(), language="en"))["type"] == "ok"


async def test_somebody_else_at_the_same_browser_begins_with_nothing(people: Cast) -> None:
    key = await sync_to_async(make_key)(people.bob, people.acme_widget)
    async with as_visitor(people.vera) as vera:
        known = await back(await vera.ask("identify", token=token_of(key, "vera")))
    async with as_visitor(known) as vera:
        conversation_id = await vera.begin("Private")
        answer = await vera.ask("identify", token=token_of(key, "otto"))
        assert answer["was_other"] is True
        assert await closed_with(vera) == 4401
    async with as_visitor(await back(answer)) as otto:
        assert (await otto.until("welcome"))["conversations"] == []
        refused = await otto.ask("resume", conversation_id=conversation_id, position=0)
        assert refused["code"] == "not_found"


@pytest.mark.parametrize("proof", ["nonsense", 7, ""])
async def test_a_refused_token_says_why_and_leaves_the_visitor_who_they_were(
    people: Cast, proof: Any
) -> None:
    async with as_visitor(people.vera) as vera:
        answer = await vera.ask("identify", token=proof, name="The Boss")
        assert (answer["code"], answer["errors"]) == ("unauthenticated", {"token": ["malformed"]})
        await vera.begin("Still here")
    assert await sync_to_async(counted)(people) == [(0, 0, 1, "malformed")]
    assert await sync_to_async(names)(people) == ["Vera"]


def names(people: Cast) -> list[str]:
    with within(people.acme):
        return list(Contact.objects.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("mode", "answered", "unsigned", "name"),
    [
        ("off", "ok", [], "The Boss"),
        ("warn", "ok", [(0, 1, 0, "")], "The Boss"),
        ("on", "error", [(0, 1, 0, "")], "Vera"),
    ],
)
async def test_what_a_page_says_without_a_signature(
    people: Cast, mode: str, answered: str, unsigned: list[Any], name: str
) -> None:
    await sync_to_async(change)(people.acme_widget, settings={"identity": mode})
    async with as_visitor(people.vera) as vera:
        assert (await vera.ask("identify", name="The Boss"))["type"] == answered
        assert (await vera.ask("identify", phone="123", typed=True))["type"] == "ok"
    assert await sync_to_async(counted)(people) == unsigned
    assert await sync_to_async(names)(people) == [name]


async def test_signed_ones_are_counted_too(people: Cast) -> None:
    await sync_to_async(change)(people.acme_widget, settings={"identity": "on"})
    proof = await token(people, name="Vera V")
    async with as_visitor(people.vera) as vera:
        await vera.ask("identify", token=proof)
    assert await sync_to_async(counted)(people) == [(1, 0, 0, "")]
