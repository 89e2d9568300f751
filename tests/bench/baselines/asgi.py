"""The baselines as ASGI applications: a raw echo, Channels' echo, an echo that inserts, the textbook's chat."""

import gc
import json
import os
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django

django.setup()

from channels.db import database_sync_to_async  # noqa: E402
from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.urls import path  # noqa: E402

from tenants.ids import uuid7  # noqa: E402
from tests.bench.baselines.models import Line, Room  # noqa: E402

signal.signal(signal.SIGUSR1, lambda number, frame: gc.collect() and None)  # see tests/bench/product.py
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def raw_echo(scope: Scope, receive: Receive, send: Send) -> None:
    """B0: what the server itself costs."""
    while (message := await receive())["type"] != "websocket.disconnect":
        if message["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        else:
            await send({"type": "websocket.send", "text": message["text"]})


_hearers: set[Send] = set()


async def raw_fan(scope: Scope, receive: Receive, send: Send) -> None:
    """What is said goes to every socket that was opened with ``?hears``: what the server's own sends cost."""
    if scope["query_string"] == b"hears":
        _hearers.add(send)
    while (message := await receive())["type"] != "websocket.disconnect":
        if message["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        else:
            for hearer in _hearers:
                await hearer({"type": "websocket.send", "text": message["text"]})
    _hearers.discard(send)


class StockEcho(AsyncWebsocketConsumer):
    """B1: the consumer that Channels' documentation begins with."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data)


class StockInsert(AsyncWebsocketConsumer):
    """B2: the same, and one row written the documented way, through the pool."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        frame = json.loads(text_data or "")
        await self._insert(frame["conversation_id"], frame["text"])
        await self.send(text_data=json.dumps({"type": "ok", "ref": frame["ref"]}))

    @database_sync_to_async
    def _insert(self, room: str, text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO bench_line (id, room_id, author, text, created_at) VALUES (%s, %s, %s, %s, %s)",
                [uuid7(), room, "visitor", text, datetime.now(UTC)],
            )


class Textbook(AsyncWebsocketConsumer):
    """A durable chat as tutorials write it: the ORM in a thread, the core layer's group, everybody hears."""

    channel_layer_alias = "textbook"

    async def connect(self) -> None:
        self.room = self.scope["url_route"]["kwargs"]["room"]
        await self.channel_layer.group_add(f"chat_{self.room}", self.channel_name)
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        frame = json.loads(text_data or "")
        created_at = await self._save(frame["text"])
        told = {"type": "message.created", "message": {"text": frame["text"], "created_at": created_at}}
        await self.channel_layer.group_send(f"chat_{self.room}", {"type": "chat.message", "frame": told})
        await self.send(text_data=json.dumps({"type": "ok", "ref": frame["ref"]}))

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(event["frame"]))

    @database_sync_to_async
    def _save(self, text: str) -> str:
        with transaction.atomic():
            room = Room.objects.select_for_update().get(pk=self.room)
            line = Line.objects.create(id=uuid7(), room=room, author="visitor", text=text)
            room.last_text, room.message_count = text[:160], room.message_count + 1
            room.save(update_fields=["last_text", "last_at", "message_count"])
        return str(line.created_at.isoformat())


stock_echo: Any = StockEcho.as_asgi()
stock_insert: Any = StockInsert.as_asgi()
textbook: Any = Textbook.as_asgi()

raw: Any = raw_echo
fan: Any = raw_fan
routes: list[Any] = [
    path("raw/", raw),
    path("raw/fan/", fan),
    path("echo/", stock_echo),
    path("insert/", stock_insert),
    path("textbook/<uuid:room>/", textbook),
]
application = ProtocolTypeRouter({"http": get_asgi_application(), "websocket": URLRouter(routes)})
