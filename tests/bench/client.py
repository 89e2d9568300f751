"""A WebSocket client that costs little: the load must not be what is measured.

It knows just enough of RFC 6455 for text frames to and from our own servers: no fragments, no extensions. The mask
of what it sends is zero, which the standard's servers accept like any other.
"""

import asyncio
import base64
import json
import os
import ssl
from collections.abc import Callable
from typing import Any, Self, cast

OPCODE_TEXT, OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG = 1, 8, 9, 10


class Client(asyncio.Protocol):
    """One socket. Every text frame goes to ``heard``; nothing is queued but the answer of the handshake."""

    def __init__(self, heard: Callable[[str], None]) -> None:
        self.heard = heard
        self.buffer = bytearray()
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.is_open = self.is_taking = False
        self.transport: asyncio.Transport

    @classmethod
    async def connect(
        cls,
        *,
        port: int,
        path: str,
        heard: Callable[[str], None],
        headers: dict[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> Self:
        """Open a socket to loopback. Raises ConnectionError when it is refused."""
        loop = asyncio.get_running_loop()
        transport, client = await loop.create_connection(
            lambda: cls(heard), "127.0.0.1", port, ssl=tls, server_hostname="localhost" if tls else None
        )
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: localhost:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
        ]
        lines += [f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        transport.write("\r\n".join([*lines, "", ""]).encode())
        try:
            async with asyncio.timeout(30):
                await client.opened
        except BaseException:
            transport.abort()
            raise
        return client

    def send(self, **frame: Any) -> None:
        self.send_text(json.dumps(frame, ensure_ascii=False))

    def send_text(self, text: str) -> None:
        self._write(OPCODE_TEXT, text.encode())

    def close(self) -> None:
        self.transport.close()

    def abort(self) -> None:
        """Be gone at once; what was not sent is not."""
        self.transport.abort()

    # --- The protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed in the handshake"))
        if not self.ended.done():
            self.ended.set_result(1006)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.is_open:
            head, found, rest = bytes(self.buffer).partition(b"\r\n\r\n")
            if not found:
                return
            if self.opened.done():
                return  # whoever waited has given up
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self.opened.set_exception(ConnectionError(head.split(b"\r\n", 1)[0].decode()))
                return
            self.buffer = bytearray(rest)
            self.is_open = True
            self.opened.set_result(None)
            # What came with the handshake is heard once whoever opened the socket has it in hand, and can answer.
            asyncio.get_running_loop().call_soon(self._begin)
        elif self.is_taking:
            self._take_frames()

    def _begin(self) -> None:
        self.is_taking = True
        self._take_frames()

    def _take_frames(self) -> None:
        buffer, at = self.buffer, 0
        while len(buffer) - at >= 2:
            opcode, length, start = buffer[at] & 15, buffer[at + 1] & 127, at + 2
            if length >= 126:
                wide = 2 if length == 126 else 8
                if len(buffer) < start + wide:
                    break
                length, start = int.from_bytes(buffer[start : start + wide]), start + wide
            if len(buffer) < start + length:
                break
            self._take(opcode, bytes(buffer[start : start + length]))
            at = start + length
        del buffer[:at]

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == OPCODE_TEXT:
            self.heard(payload.decode())
        elif opcode == OPCODE_PING:
            self._write(OPCODE_PONG, payload)
        elif opcode == OPCODE_CLOSE and not self.ended.done():
            self.ended.set_result(int.from_bytes(payload[:2]) if payload else 1005)
            self.transport.close()

    def _write(self, opcode: int, payload: bytes) -> None:
        length = len(payload)
        if length < 126:
            head = bytes((0x80 | opcode, 0x80 | length))
        elif length < 65536:
            head = bytes((0x80 | opcode, 0x80 | 126)) + length.to_bytes(2)
        else:
            head = bytes((0x80 | opcode, 0x80 | 127)) + length.to_bytes(8)
        self.transport.write(head + b"\0\0\0\0" + payload)
