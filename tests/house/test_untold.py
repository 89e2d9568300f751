"""A process dies between its commit and telling of it: the same command through another process tells the others."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from websockets.asyncio.client import connect
from websockets.typing import Origin

from conversations.actions.mark_read import mark_read
from conversations.actions.send_message import send_message
from conversations.actions.start_conversation import start_conversation
from conversations.models import Conversation
from tenants.events.fanout import silent
from tenants.ids import uuid7
from tenants.permissions import Actor
from tenants.scoping import tenant_scope
from tests.cast import Cast, a_draft, begin
from tests.conversations.sockets.talk import Talk, session_cookie
from tests.example_client import Client, Frame
from tests.house.web_processes import Web, web_process

pytestmark = pytest.mark.django_db(transaction=True)


class Listening(Client):
    """Keeps what it was told outside of answers."""

    def __init__(self, url: str, **handshake: Any) -> None:
        super().__init__(url, **handshake)
        self.told: list[Frame] = []

    async def _receive(self, frame: Frame) -> None:
        self.told.append(frame)
        await super()._receive(frame)


def write_and_die(
    actor: Actor, conversation: Conversation, key: UUID, text: str, kind: str = "reply"
) -> None:
    """Commit a message; nobody is told."""
    draft = a_draft(text, kind=kind, client_id=key)
    with silent(), tenant_scope(actor.tenant_id):
        send_message(actor=actor, conversation_id=conversation.pk, draft=draft)


@asynccontextmanager
async def listening(
    web: Web, cast: Cast, conversation: Conversation | None = None
) -> AsyncIterator[Listening]:
    """Alice's page; her first heartbeat is over, the next comes in 25 seconds."""
    cookie = await sync_to_async(session_cookie)(cast.alice)
    alice = Listening(
        web.url("/ws/operator/"), additional_headers={"Cookie": cookie}, origin=Origin(web.origin)
    )
    running = asyncio.create_task(alice.run())
    try:
        await alice.online.wait()
        if conversation is not None:
            await alice.ask("open", conversation_id=str(conversation.pk))
            await alice.follow(str(conversation.pk), conversation.operators_position)
        await until(alice, "heartbeat")
        yield alice
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def until(client: Listening, type: str) -> Frame:
    while True:
        for frame in client.told:
            if frame["type"] == type:
                return frame
        await asyncio.sleep(0.01)


@asynccontextmanager
async def visiting(web: Web, cast: Cast) -> AsyncIterator[Talk]:
    async with connect(web.url("/ws/contact/")) as connection:
        vera = Talk(connection)
        await vera.say("hello", token=cast.vera.token)
        await vera.until("welcome")
        yield vera


async def test_a_message_nobody_was_told_of_is_told_when_it_is_sent_again_and_shown_once(
    cast: Cast, broker: Any
) -> None:
    conversation, key = await sync_to_async(begin)(cast.vera, "Hello"), uuid7()
    about = str(conversation.pk)
    with web_process() as first, web_process() as second:
        async with listening(second, cast, conversation) as alice, visiting(first, cast) as vera:
            await sync_to_async(write_and_die)(cast.vera.actor, conversation, key, "Are you there?")
            await asyncio.sleep(0.5)
            assert about not in alice.texts
            async with asyncio.timeout(1):
                assert (await vera.send(about, "Are you there?", client_id=key))["is_new"] is False
                await until(alice, "message.created")
            # Once more, though everybody knows; and the next one follows without a hole.
            assert (await vera.send(about, "Are you there?", client_id=key))["is_new"] is False
            async with asyncio.timeout(1):
                await vera.send(about, "Hm")
                while alice.texts.get(about, [])[-1:] != ["Hm"]:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            assert alice.texts[about] == ["Are you there?", "Hm"]
            assert [frame["type"] for frame in alice.told if frame.get("ref") is None].count("events") <= 1


async def test_what_the_message_brought_about_is_told_with_it_and_a_note_to_operators_only(
    cast: Cast, broker: Any
) -> None:
    conversation, key, note = await sync_to_async(begin)(cast.vera, "Hello"), uuid7(), uuid7()
    with web_process() as first, web_process() as second:
        async with listening(second, cast, conversation) as alice, visiting(first, cast) as vera:
            await vera.until("heartbeat")
            write = sync_to_async(write_and_die)
            await write(cast.bob.actor, conversation, key, "Yes")
            await write(cast.bob.actor, conversation, note, "VIP", "note")
            async with asyncio.timeout(2):
                for kind, text, client_id in (("note", "VIP", note), ("reply", "Yes", key)):
                    draft = a_draft(text, kind=kind, client_id=client_id)
                    await sync_to_async(say_again)(cast.bob.actor, conversation, draft)
                told = [await vera.until("conversation.assigned"), await vera.until("message.created")]
                # The note overtook the reply: it is shown when what lies between has been fetched.
                while alice.positions[str(conversation.pk)] < conversation.operators_position + 3:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
    assert [frame["position"] for frame in told] == [3, 4]
    assert told[1]["message"]["text"] == "Yes"
    assert "VIP" not in json.dumps(vera.seen)
    assert alice.texts[str(conversation.pk)] == ["Yes"]
    assert alice.positions[str(conversation.pk)] == conversation.operators_position + 3


async def test_what_was_read_unheard_is_told_when_it_is_said_again(cast: Cast, broker: Any) -> None:
    conversation = await sync_to_async(begin)(cast.vera, "Hello")
    await sync_to_async(write)(cast.bob.actor, conversation, "Yes")
    ends = {"contact": conversation.contact_position, "operators": conversation.operators_position}
    about = {"conversation_id": str(conversation.pk)}
    with web_process() as first, web_process() as second:
        async with listening(second, cast, conversation) as alice, visiting(first, cast) as vera:
            await vera.until("heartbeat")
            await sync_to_async(read_and_die)(cast.vera.actor, conversation, ends["contact"])
            await sync_to_async(read_and_die)(cast.bob.actor, conversation, ends["operators"])
            async with asyncio.timeout(2):
                await vera.ask("read", **about, position=ends["contact"])
                assert (await until(alice, "read.changed"))["position"] == ends["contact"]
                await alice.ask("read", **about, position=ends["operators"])
                assert (await until(alice, "unread.changed"))["unread_count"] == 0
                told = [await vera.until("read.changed") for _ in range(2)]
    assert [(frame["audience"], frame["position"]) for frame in told] == [
        ("contact", ends["contact"]),
        ("operators", ends["contact"]),
    ]


def write(actor: Actor, conversation: Conversation, text: str) -> None:
    with tenant_scope(actor.tenant_id):
        send_message(actor=actor, conversation_id=conversation.pk, draft=a_draft(text))
        conversation.refresh_from_db()


def read_and_die(actor: Actor, conversation: Conversation, position: int) -> None:
    """Commit a read mark; nobody is told."""
    with silent(), tenant_scope(actor.tenant_id):
        mark_read(actor=actor, conversation_id=conversation.pk, position=position)


def say_again(actor: Actor, conversation: Conversation, draft: Any) -> None:
    with tenant_scope(actor.tenant_id):
        assert not send_message(actor=actor, conversation_id=conversation.pk, draft=draft).is_new


async def test_a_conversation_nobody_was_told_of_is_told_when_it_is_begun_again(
    cast: Cast, broker: Any
) -> None:
    key = uuid7()

    def begin_and_die() -> UUID:
        actor = cast.vera.actor
        assert actor.inbox_id is not None
        with silent(), tenant_scope(actor.tenant_id):
            return start_conversation(
                actor=actor, inbox_id=actor.inbox_id, contact_id=cast.vera.contact_id, client_id=key
            ).pk

    with web_process() as first, web_process() as second:
        async with listening(second, cast) as alice, visiting(first, cast) as vera:
            made = await sync_to_async(begin_and_die)()
            async with asyncio.timeout(1):
                started = await vera.ask("conversation.start", client_id=key, language="en")
                created = await until(alice, "conversation.created")
            # From then on what is said in it tells of it.
            await vera.send(str(made), "Hello")
            await vera.ask("conversation.start", client_id=key, language="en")
            await vera.send(str(made), "Hello?")
            async with asyncio.timeout(1):
                while [frame["type"] for frame in alice.told].count("message.created") < 2:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
    assert (created["conversation_id"], started["conversation"]["id"]) == (str(made), str(made))
    assert [frame["type"] for frame in alice.told].count("conversation.created") == 1
