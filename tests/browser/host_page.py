"""A customer's page on another site: plain HTML, served by something that is not Parley."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Shop</title></head>
<body><h1>Shop</h1><p>Teapots.</p>{snippet}</body></html>"""


@contextmanager
def host_page(*, snippet: str, language: str) -> Iterator[str]:
    """Serve one page that carries the snippet, on 127.0.0.1: another site than localhost. Yields its address."""
    body = PAGE.format(snippet=snippet, language=language).encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
