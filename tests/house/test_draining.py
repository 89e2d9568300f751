"""A web process that is asked to stop sends its clients elsewhere and finishes what it has begun."""

import asyncio
import json
import threading
import time
import urllib.request
from contextlib import AsyncExitStack
from typing import Any

import psycopg
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from config.celery import tick
from conversations.models import Conversation
from tenants.scoping import TenantId, tenant_scope
from tests.api import make_key
from tests.cast import Cast, Visiting, begin
from tests.house.web_processes import FLOOD, Web, flooding_process, web_process
from tests.servers import superuser_url

SECONDS = 3


async def greet(web: Web, visitor: Visiting) -> ClientConnection:
    socket = await connect(web.url("/ws/contact/"), ping_interval=None)
    await socket.send(json.dumps({"type": "hello", "token": visitor.token}))
    assert json.loads(await socket.recv())["type"] == "welcome"
    return socket


async def told_and_closed(socket: ClientConnection) -> tuple[dict[str, Any], int, float]:
    """Return the word to come back, the close code, and when it was closed."""
    frames = []
    try:
        while True:
            frames.append(json.loads(await socket.recv()))
    except ConnectionClosed as closed:
        told = next(frame for frame in frames if frame["type"] == "reconnect")
        return told, closed.rcvd.code if closed.rcvd else 1006, time.monotonic()


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
@pytest.mark.django_db(transaction=True)
def test_every_socket_is_told_and_closed_one_after_the_other(cast: Cast, broker: Any, server: str) -> None:
    tick()

    async def scene(web: Web) -> tuple[list[tuple[dict[str, Any], int, float]], float, list[int]]:
        ready = [await asyncio.to_thread(web.is_ready)]
        async with AsyncExitStack() as stack:
            sockets = [await stack.enter_async_context(await greet(web, cast.vera)) for _ in range(20)]
            asked = time.monotonic()
            web.ask_to_stop()
            await asyncio.sleep(0.1)
            ready.append(await asyncio.to_thread(web.is_ready))
            ends = await asyncio.gather(*map(told_and_closed, sockets))
        return ends, asked, ready

    with web_process(server=server, seconds=SECONDS) as web:
        ends, asked, ready = asyncio.run(scene(web))
        assert web.process.wait(15) == 0
        taken = time.monotonic() - asked
    assert ready == [200, 503]
    assert [told for told, _code, _at in ends] == [{"type": "reconnect", "within": SECONDS}] * 20
    assert [code for _told, code, _at in ends] == [1012] * 20
    moments = sorted(at - asked for _told, _code, at in ends)
    assert moments[-1] < SECONDS * 1.1 + 1
    # Spread out: a third of them in each third of the time, more or less.
    assert 4 <= sum(moment < SECONDS * 0.1 + SECONDS / 3 for moment in moments) <= 9
    print(f"{server}: first {moments[0]:.2f} s, last {moments[-1]:.2f} s, ended after {taken:.2f} s")  # noqa: T201


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
@pytest.mark.django_db(transaction=True)
def test_a_request_that_runs_is_answered_before_the_process_ends(
    cast: Cast, broker: Any, server: str
) -> None:
    conversation, key = begin(cast.vera, "Hello"), make_key(cast.acme)
    answers: list[int] = []

    def resolve(web: Web) -> None:
        request = urllib.request.Request(
            f"{web.origin}/api/v1/conversations/{conversation.pk}/resolve",
            data=b"{}",
            headers={"Authorization": f"Bearer {key.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            answers.append(answer.status)

    with web_process(server=server, seconds=1) as web, psycopg.connect(superuser_url()) as holder:
        web.is_ready()
        holder.execute("SELECT 1 FROM conversations_conversation WHERE id = %s FOR UPDATE", [conversation.pk])
        request = threading.Thread(target=resolve, args=(web,))
        request.start()
        wait_until_one_waits(holder)
        web.ask_to_stop()
        time.sleep(2.5)
        assert (answers, web.process.poll()) == ([], None)
        holder.rollback()
        request.join(10)
        assert web.process.wait(15) == 0
    assert answers == [200]
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Conversation.objects.get(pk=conversation.pk).status == "resolved"


def wait_until_one_waits(holder: psycopg.Connection[Any]) -> None:
    deadline = time.monotonic() + 15
    while not waiting(holder):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def waiting(holder: psycopg.Connection[Any]) -> int:
    row = holder.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return int(row[0]) if row else 0


@pytest.mark.django_db(transaction=True)
def test_a_new_socket_finds_no_listener_once_the_process_goes(cast: Cast, broker: Any) -> None:
    async def scene(web: Web) -> type[BaseException] | None:
        async with await greet(web, cast.vera):
            web.ask_to_stop()
            await asyncio.sleep(1)
            try:
                await connect(web.url("/ws/contact/"))
            except OSError as refused:
                return type(refused)
            return None

    with web_process(seconds=SECONDS) as web:
        assert asyncio.run(scene(web)) is ConnectionRefusedError


async def test_a_client_that_does_not_read_is_closed_and_costs_no_memory() -> None:
    with flooding_process() as web:
        async with connect(web.url("/"), ping_interval=None, max_queue=1, close_timeout=1) as deaf:
            deaf.transport.pause_reading()
            before = web.memory()
            await deaf.send("flood")
            await asyncio.sleep(2)
            grown = web.memory() - before
            deaf.transport.resume_reading()
            async with asyncio.timeout(20):
                frames, code = await drained(deaf)
    print(f"grew by {grown / 1e6:.1f} MB, {frames} frames got through, closed with {code}")  # noqa: T201
    assert code == 4409
    assert frames < FLOOD
    assert grown < 8_000_000


async def drained(socket: ClientConnection) -> tuple[int, int]:
    """Read to the end; return how many frames came, and the close code."""
    frames = 0
    try:
        while True:
            await socket.recv()
            frames += 1
    except ConnectionClosed as closed:
        return frames, closed.rcvd.code if closed.rcvd else 1006
