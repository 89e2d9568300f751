"""A company's proxy: it passes on plain requests, and refuses the tunnels that sockets need until told not to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

CHUNK = 64 * 1024


class BlockingProxy(ThreadingTCPServer):
    """What passed it: ``polls`` are requests under /poll, ``refused`` and ``tunnels`` what became of sockets."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.blocks = True
        self.polls = self.refused = self.tunnels = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Connection(StreamRequestHandler):
    server: BlockingProxy

    def handle(self) -> None:
        method, target, version = self.rfile.readline().decode("latin-1").split()
        headers = []
        while (line := self.rfile.readline()) not in {b"\r\n", b""}:
            if not line.lower().startswith((b"connection:", b"proxy-connection:", b"upgrade:")):
                headers.append(line)
        if method == "CONNECT":
            self._tunnel(target)
            return
        parts = urlsplit(target)
        self.server.polls += method == "POST" and parts.path.startswith("/poll/")
        path = target[target.index(parts.netloc) + len(parts.netloc) :]
        with self._reach(parts.netloc) as site:
            # One request for each connection: whose the next one would be, only its first line could tell.
            head = f"{method} {path} {version}\r\nConnection: close\r\n".encode("latin-1")
            site.sendall(head + b"".join(headers) + b"\r\n")
            self._pass_on(site)

    def _tunnel(self, target: str) -> None:
        if self.server.blocks:
            self.server.refused += 1
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        self.server.tunnels += 1
        with self._reach(target) as site:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._pass_on(site)

    def _reach(self, where: str) -> socket.socket:
        host, _, port = where.partition(":")
        return socket.create_connection((host, int(port)))

    def _pass_on(self, site: socket.socket) -> None:
        def there() -> None:
            with suppress(OSError, ValueError):
                while data := self.rfile.read1(CHUNK):
                    site.sendall(data)
            with suppress(OSError):
                site.shutdown(socket.SHUT_RDWR)

        threading.Thread(target=there, daemon=True).start()
        with suppress(OSError):
            while data := site.recv(CHUNK):
                self.connection.sendall(data)
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def blocking_proxy() -> Iterator[BlockingProxy]:
    """Run a proxy until the end of the block."""
    with BlockingProxy() as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
