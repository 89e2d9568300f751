"""A web process of ours with an application that answers one frame with a flood."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final

from config.serve import WebServer, listen

FRAMES: Final = 2_000
FRAME: Final = "x" * 30_000


async def application(
    scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    """Wait for a frame, then send sixty megabytes, as fast as the server takes them."""
    await receive()
    await send({"type": "websocket.accept"})
    await receive()
    for _ in range(FRAMES):
        await send({"type": "websocket.send", "text": FRAME})
        await asyncio.sleep(0)
    await receive()


if __name__ == "__main__":
    listener = listen(host="127.0.0.1", port=int(sys.argv[1]), reuse_port=False)
    WebServer(application=application, listener=listener.detach()).run()
