"""The proxy of the fault tests does to a link what it says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from tests.faults.proxy import Link, Proxy


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionResetError):
        while data := await reader.read(100):
            writer.write(data)
    writer.close()


@asynccontextmanager
async def through_a_proxy() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter, Link]]:
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    proxy = Proxy([server.sockets[0].getsockname()[1]], seed=1)
    await proxy.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        writer.write(b"hello")
        assert await reader.readexactly(5) == b"hello"
        [link] = proxy.links
        yield reader, writer, link
    finally:
        writer.transport.abort()
        await proxy.stop()
        server.close()
        await asyncio.sleep(0.01)  # the echo hears that it is over


async def _cut_in_the_middle() -> bytes:
    async with through_a_proxy() as (reader, writer, link):
        link.to_client.cut_after = 3
        writer.write(b"abcdef")
        return await _rest(reader)


async def _reply_swallowed() -> bytes:
    async with through_a_proxy() as (reader, writer, link):
        link.to_client.swallows = True
        writer.write(b"abcdef")
        return await _rest(reader)


async def _rest(reader: asyncio.StreamReader) -> bytes:
    """Read until the link ends, whichever way it ends."""
    heard = b""
    try:
        while data := await reader.read(100):
            heard += data
    except ConnectionResetError:
        return heard
    return heard


def test_a_link_is_cut_at_a_byte() -> None:
    assert asyncio.run(_cut_in_the_middle()) == b"abc"


def test_a_reply_is_swallowed_and_the_link_cut() -> None:
    assert asyncio.run(_reply_swallowed()) == b""


def test_a_half_open_link_says_nothing_to_either_side() -> None:
    async def silent() -> None:
        async with through_a_proxy() as (reader, writer, link):
            link.leave_half_open()
            writer.write(b"abcdef")
            async with asyncio.timeout(0.2):
                await reader.read(100)

    with pytest.raises(TimeoutError):
        asyncio.run(silent())


def test_a_half_open_link_whose_ends_are_gone_does_not_outlive_the_proxy() -> None:
    async def answer_and_leave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"hello")
        await reader.read(100)
        writer.close()

    async def gone() -> int:
        server = await asyncio.start_server(answer_and_leave, "127.0.0.1", 0)
        proxy = Proxy([server.sockets[0].getsockname()[1]], seed=1)
        await proxy.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(b"hello")
        await reader.readexactly(5)
        [link] = proxy.links
        link.to_client.drops = True
        writer.write(b"bye")
        await asyncio.sleep(0.1)
        link.to_server.drops = True
        writer.close()
        await asyncio.sleep(0.1)
        before = len(proxy.links)
        async with asyncio.timeout(2):
            await proxy.stop()
        server.close()
        return before

    assert asyncio.run(gone()) == 1


def test_a_stalled_link_delivers_later() -> None:
    async def stalled() -> bytes:
        async with through_a_proxy() as (reader, writer, link):
            link.to_server.is_free.clear()
            writer.write(b"abcdef")
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await reader.read(100)
            link.to_server.is_free.set()
            return await reader.readexactly(6)

    assert asyncio.run(stalled()) == b"abcdef"
