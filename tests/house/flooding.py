"""A web process of ours with an application that answers one frame with a flood. Not for a test process to import."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from config.serve import WebServer, listen
from tests.house.web_processes import FLOOD


async def application(
    scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    """Wait for a frame, then send sixty megabytes, as fast as the server takes them."""
    await receive()
    await send({"type": "websocket.accept"})
    await receive()
    for _ in range(FLOOD):
        await send({"type": "websocket.send", "text": "x" * 30_000})
        await asyncio.sleep(0)
    await receive()


if __name__ == "__main__":
    listener = listen(host="127.0.0.1", port=int(sys.argv[1]), reuse_port=False)
    WebServer(application=application, listener=listener.detach()).run()
