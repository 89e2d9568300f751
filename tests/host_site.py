"""A site of somebody else's, as customers have one: pages served by something that is not Parley."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class HostSite:
    """A site on 127.0.0.1, which for a browser is another site than ours on localhost."""

    origin: str
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def add(self, path: str, body: str, *, headers: dict[str, str] | None = None) -> str:
        """Serve a page and return its address."""
        self.pages[path] = (body, headers or {})
        return self.origin + path


@contextmanager
def host_site(name: str = "127.0.0.1") -> Iterator[HostSite]:
    """Run a site of somebody else's until the end of the block. For a browser it is another site than localhost."""
    sites: list[HostSite] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, headers = sites[0].pages.get(self.path.partition("?")[0], ("", {}))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for header, value in headers.items():
                self.send_header(header, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sites.append(HostSite(f"http://{name}:{server.server_port}"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield sites[0]
    finally:
        server.shutdown()
        server.server_close()
