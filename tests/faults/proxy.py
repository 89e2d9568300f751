"""A small proxy of our own: it delays, stalls, throttles, swallows, cuts at a byte, and leaves links half open."""

import asyncio
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 5.0
CHUNK = 64 * 1024
Address = int | Path  # a port on loopback, or a unix socket


@dataclass(slots=True)
class Way:
    """One direction of a link, and what happens to bytes on it."""

    delay: float = 0.0  # seconds, for every chunk
    rate: float = 0.0  # bytes a second; 0 is unlimited
    cut_after: int | None = None  # bytes until the link is cut
    drops: bool = False  # bytes vanish, and so does the end of the other side
    swallows: bool = False  # the next chunk vanishes, and the link is cut
    is_free: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.is_free.set()


class Link:
    """One connection through the proxy."""

    def __init__(self, writers: Sequence[asyncio.StreamWriter]) -> None:
        self.writers = writers
        self.to_server, self.to_client = Way(), Way()
        self.is_cut = asyncio.Event()

    @property
    def ways(self) -> tuple[Way, Way]:
        return self.to_server, self.to_client

    def cut(self) -> None:
        """End both sides at once, without a farewell."""
        self.is_cut.set()
        for writer in self.writers:
            writer.transport.abort()

    def leave_half_open(self) -> None:
        """Let nothing through any more, and tell neither side."""
        for way in self.ways:
            way.drops = True

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way) -> None:
        while data := await reader.read(CHUNK):
            await way.is_free.wait()
            if way.swallows:
                break
            if way.drops:
                continue
            if way.delay or way.rate:
                await asyncio.sleep(way.delay + (len(data) / way.rate if way.rate else 0))
            if way.cut_after is not None:
                data = data[: way.cut_after]
                way.cut_after -= len(data)
            writer.write(data)
            await writer.drain()
            if way.cut_after == 0:
                break
        if way.drops and not writer.is_closing():
            await self.is_cut.wait()  # the other side hears of nothing


class Proxy:
    """Listens on loopback and passes on to one of ``servers``, the first in a random order that answers."""

    def __init__(self, servers: Sequence[Address], *, seed: int) -> None:
        self.servers = servers
        self.chance = random.Random(seed)
        self.links: set[Link] = set()
        self.port = 0
        # Applied to every new link.
        self.on_link: Callable[[Link], None] = lambda link: None
        self._listening: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    async def start(self, path: Path | None = None) -> None:
        """Listen on a unix socket, or on a free port."""
        if path is None:
            self._listening = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
            self.port = self._listening.sockets[0].getsockname()[1]
        else:
            self._listening = await asyncio.start_unix_server(self._accept, path)

    async def stop(self) -> None:
        if self._listening is not None:
            self._listening.close()
        for task in self._serving:  # each cuts its link, those that were still being made too
            task.cancel()
        if self._serving:
            await asyncio.wait(self._serving, timeout=STOP_SECONDS)

    def cut_all(self) -> None:
        for link in list(self.links):
            link.cut()

    def some(self, share: float) -> Iterable[Link]:
        """Return a random share of the links."""
        return [link for link in list(self.links) if self.chance.random() < share]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            server_reader, server_writer = await self._connect()
        except BaseException as error:
            writer.transport.abort()
            if isinstance(error, OSError):
                return
            raise
        link = Link((writer, server_writer))
        self.on_link(link)
        self.links.add(link)
        pumps = {
            asyncio.ensure_future(link.pump(reader, server_writer, link.to_server)),
            asyncio.ensure_future(link.pump(server_reader, writer, link.to_client)),
        }
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.links.discard(link)
            link.cut()
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        for address in self.chance.sample(self.servers, len(self.servers)):
            try:
                if isinstance(address, Path):
                    return await asyncio.open_unix_connection(address)
                return await asyncio.open_connection("127.0.0.1", address)
            except OSError:
                continue
        raise ConnectionRefusedError
