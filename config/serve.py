"""A web process under daphne: `python -m config.serve -b 127.0.0.1 -p 8000`.

What daphne lacks and a busy site needs: it drains on SIGTERM (tenants/draining.py), it holds back what a slow client
does not read, and several processes can share a port (``--reuse-port``; Linux spreads connections over them).
"""

# In this order: daphne makes its loop when it is imported, and this kind spends up to a tenth less on a message.
# ruff: noqa: E402
import asyncio

import uvloop

asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())

from daphne.server import Server, twisted_loop  # isort: skip

import argparse
import gc
import signal
import socket
from collections.abc import Sequence
from typing import Any, Final

from autobahn.websocket import protocol as autobahn_protocol
from daphne.ws_protocol import WebSocketProtocol

from config.asgi import application
from tenants.draining import drain

RESYNC: Final = 4409
# What one client may leave unread, beside the kernel's own buffers: a socket that does is closed, a download waits.
MOST_UNSENT: Final = 1024 * 1024  # bytes
# So long a client that was too slow may take to read what is there, and then why it was closed.
RESYNC_SECONDS: Final = 10
LARGEST_FRAME: Final = 64 * 1024
FLUSH_SECONDS: Final = 5.0
PAUSE: Final = 0.05
# Connections that may wait to be accepted: all of a site's come back at once when its proxy restarts. The kernel
# lowers it to a limit of its own (net.core.somaxconn).
BACKLOG: Final = 4096


def _nothing(*_: object, **__: object) -> str:
    return ""


# autobahn lays out its settings for a debug line at every connection, which costs a quarter of one.
setattr(autobahn_protocol, "pformat", _nothing)  # noqa: B010  (it has no types)


def unsent(transport: Any) -> int:
    """Return how many bytes wait for a connection; 0 for one that is gone."""
    if transport is None:
        return 0
    # Twisted has no public word for it: its send buffer, and what was written since that was made.
    return int(len(transport.dataBuffer) - transport.offset + transport._tempDataLen)  # noqa: SLF001


class PatientSocket(WebSocketProtocol):  # type: ignore[misc]
    """A socket whose unread frames are bounded, and that can be closed with every code of ours."""

    maxMessagePayloadSize: int  # noqa: N815

    def serverSend(self, content: str | bytes, binary: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        """Send a frame, or close with 4409 when the client leaves too much unread."""
        if self.state == self.STATE_OPEN and unsent(self.transport) > MOST_UNSENT:
            self.closeHandshakeTimeout = RESYNC_SECONDS
            self.serverClose(code=RESYNC)
        elif self.state in {self.STATE_CONNECTING, self.STATE_OPEN}:
            # autobahn holds what is sent to the limit of what is received: a long answer would not go out.
            limit = self.maxMessagePayloadSize
            self.maxMessagePayloadSize = 0
            try:
                super().serverSend(content, binary)
            finally:
                self.maxMessagePayloadSize = limit

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """Read. autobahn's own makes a coloured line for a log that nobody reads, for every read."""
        self._dataReceived(data)

    def sendData(  # noqa: N802
        self,
        data: bytes,
        sync: bool = False,  # noqa: FBT001, FBT002
        chopsize: int | None = None,
    ) -> None:
        """Write. autobahn's own makes such a line for every frame."""
        if sync or chopsize or self.send_queue:
            super().sendData(data, sync, chopsize)
        else:
            self.transport.write(data)

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802
        """Close. autobahn's public call refuses 1012, which is registered for just this."""
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=code or 1000, isReply=False)


class WebServer(Server):  # type: ignore[misc]
    """daphne, with an orderly end."""

    def __init__(self, *, application: Any, listener: int) -> None:
        super().__init__(
            application=application,
            endpoints=[f"fd:fileno={listener}"],
            signal_handlers=False,
            verbosity=0,
            websocket_max_message_size=LARGEST_FRAME,
            websocket_max_frame_size=LARGEST_FRAME,
            ready_callable=self._ready,
        )

    def run(self) -> None:
        """Serve until told to stop."""
        # What is there by now will stay: the collector of garbage, which stops everything, need not look at it again.
        gc.collect()
        gc.freeze()
        super().run()

    def _ready(self) -> None:
        self.ws_factory.protocol = PatientSocket
        twisted_loop.add_signal_handler(signal.SIGTERM, self._leave)
        twisted_loop.add_signal_handler(signal.SIGINT, self.stop)

    def _leave(self) -> None:
        twisted_loop.add_signal_handler(signal.SIGTERM, self.stop)  # asked twice: now
        self._leaving = twisted_loop.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            await drain.drain(stop_listening=self._stop_listening)
            async with asyncio.timeout(FLUSH_SECONDS):
                while any(unsent(_transport(protocol)) for protocol in self.connections):  # noqa: ASYNC110
                    await asyncio.sleep(PAUSE)
        except TimeoutError:
            pass
        finally:
            self.stop()

    def _stop_listening(self) -> None:
        for port in self.ports:
            port.stopListening()

    def listen_success(self, port: Any) -> None:
        """Keep the port, so that it can be closed before the connections are."""
        self.ports = [*getattr(self, "ports", []), port]
        super().listen_success(port)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Pass on what the application sends; a client that downloads slowly slows its download."""
        if message["type"] == "http.response.body":
            while unsent(_transport(protocol)) > MOST_UNSENT and self._is_connected(protocol):  # noqa: ASYNC110
                await asyncio.sleep(PAUSE)
        await super().handle_reply(protocol, message)

    def _is_connected(self, protocol: Any) -> bool:
        return not self.connections.get(protocol, {"disconnected": True}).get("disconnected")

    def kill_all_applications(self) -> Any:
        """Cancel what still runs. daphne's own stumbles over connections whose application is done."""
        for details in self.connections.values():
            details.setdefault("application_instance", twisted_loop.create_future()).cancel()
        return super().kill_all_applications()


def _transport(protocol: Any) -> Any:
    """Return the connection of a socket or of a request."""
    found = getattr(protocol, "transport", None) or getattr(
        getattr(protocol, "channel", None), "transport", None
    )
    return found if hasattr(found, "_tempDataLen") else None


def listen(*, host: str, port: int, reuse_port: bool) -> socket.socket:
    """Return a listening socket. With ``reuse_port``, other processes may listen on the same port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG, reuse_port=reuse_port)


def main(words: Sequence[str] | None = None) -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(
        prog="python -m config.serve", description="Run a web process of Parley."
    )
    parser.add_argument("-b", "--bind", default="127.0.0.1", help="address to listen on")
    parser.add_argument("-p", "--port", type=int, default=8000)
    parser.add_argument("--reuse-port", action="store_true", help="share the port with other processes")
    wanted = parser.parse_args(words)
    # The application is loaded by now: a process that listens answers.
    listener = listen(host=wanted.bind, port=wanted.port, reuse_port=wanted.reuse_port)
    WebServer(application=application, listener=listener.detach()).run()


if __name__ == "__main__":
    main()
