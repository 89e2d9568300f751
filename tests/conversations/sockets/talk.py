"""A client of the sockets, as a stranger would write one from the protocol page."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import Client
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from operators.models import Operator
from tenants.ids import uuid7
from tests.cast import Visiting
from tests.clients import places

PATIENCE = 40.0  # seconds


class Talk:
    """One open socket: commands are answered, everything else is kept in ``seen``."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.seen: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        """Return the next frame. Raises TimeoutError: between two heartbeats less than this passes."""
        async with asyncio.timeout(PATIENCE):
            frame: dict[str, Any] = json.loads(await self.connection.recv())
        return frame

    async def say(self, type: str, **fields: Any) -> None:
        await self.connection.send(json.dumps({"type": type, **fields}, default=str))

    async def ask(self, type: str, **fields: Any) -> dict[str, Any]:
        """Send a command and return its answer (ok, error, events or reload)."""
        ref = uuid.uuid4().hex
        await self.say(type, ref=ref, **fields)
        while True:
            frame = await self.receive()
            if frame.get("ref") == ref:
                return frame
            self.seen.append(frame)

    async def until(self, type: str) -> dict[str, Any]:
        """Return the next frame of a type, from those kept or still to come."""
        for index, frame in enumerate(self.seen):
            if frame["type"] == type:
                return self.seen.pop(index)
        while True:
            frame = await self.receive()
            if frame["type"] == type:
                return frame
            self.seen.append(frame)

    async def heard(self, text: str) -> dict[str, Any]:
        """Return the event of the message with this text, whoever sent it."""
        while (said := await self.until("message.created"))["message"]["text"] != text:
            pass
        return said

    async def begin(self, text: str = "Hello") -> str:
        """Begin a conversation as a visitor and say something; returns its id."""
        started = await self.ask("conversation.start", client_id=uuid7(), language="en")
        conversation_id: str = started["conversation"]["id"]
        await self.send(conversation_id, text)
        return conversation_id

    async def send(self, conversation_id: str, text: str, **fields: Any) -> dict[str, Any]:
        fields.setdefault("client_id", uuid7())
        return await self.ask("message.send", conversation_id=conversation_id, text=text, **fields)


def socket_url(path: str) -> str:
    """Return where the next client of this kind opens its socket."""
    return places.next(path).replace("http", "ws", 1) + path


@asynccontextmanager
async def as_visitor(visitor: Visiting, **greeting: Any) -> AsyncIterator[Talk]:
    """Open a visitor's socket and greet (``page`` is where they are); ``talk.seen`` begins with the welcome."""
    async with connect(socket_url("/ws/contact/")) as connection:
        talk = Talk(connection)
        await talk.say("hello", token=visitor.token, **greeting)
        talk.seen.append(await talk.receive())
        yield talk


def session_cookie(operator: Operator) -> str:
    client = Client()
    client.force_login(operator.user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@asynccontextmanager
async def as_operator(operator: Operator) -> AsyncIterator[Talk]:
    """Open an operator's socket; ``talk.seen`` begins with the welcome."""
    cookie = await sync_to_async(session_cookie)(operator)
    async with connect(
        socket_url("/ws/operator/"),
        additional_headers={"Cookie": cookie},
        origin=Origin(settings.PARLEY_ORIGIN),
    ) as connection:
        talk = Talk(connection)
        talk.seen.append(await talk.receive())
        yield talk
