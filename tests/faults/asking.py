"""One HTTP request on a connection of its own, so that whatever breaks a link breaks it too."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

PATIENCE = 30.0  # seconds
LATER = {429, 503}


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_bare(self) -> bool:
        """Whether it refuses, and does not say when to try again."""
        return self.status >= 400 and not (self.status in LATER and "retry-after" in self.headers)

    def json(self) -> Any:
        return json.loads(self.body)


async def ask(
    *,
    port: int,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    patience: float = PATIENCE,
) -> Answer:
    """Ask on loopback. Raises OSError or TimeoutError when no whole answer comes."""
    lines = [f"{method} {path} HTTP/1.1"]
    own = {"Host": "localhost", "Content-Length": str(len(body)), "Connection": "close"}
    lines += [f"{name}: {value}" for name, value in {**own, **(headers or {})}.items()]
    async with asyncio.timeout(patience):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            return _parsed(await reader.read(-1))
        finally:
            writer.transport.abort()


def _parsed(data: bytes) -> Answer:
    head, found, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if not found or len(body) < int(headers.get("content-length", 0)):
        raise ConnectionResetError("cut in the answer")
    return Answer(int(first.split()[1]), headers, body)
