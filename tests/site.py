"""A whole running Parley for one test process: the real ASGI application behind a real server on loopback.

It runs on a thread of the test process, so what a test changes in settings, mail outbox or clock is seen by the site.
Its database connections are its own: rows a test makes must be committed, so use ``transactional_db``.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from django.conf import settings

from config.asgi import application
from config.local.ports import wait_for_port


@contextmanager
def running_site() -> Iterator[str]:
    """Serve on the port of PARLEY_ORIGIN until the end of the block; yields that origin."""
    port = int(settings.PARLEY_ORIGIN.rsplit(":", 1)[1])
    server = uvicorn.Server(
        uvicorn.Config(
            application,
            host="localhost",
            port=port,
            lifespan="off",
            log_config=None,
            ws="websockets-sansio",
            ws_max_size=1_048_576,
            timeout_graceful_shutdown=2,
        )
    )
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), name="site", daemon=True)
    thread.start()
    wait_for_port(port)
    try:
        yield settings.PARLEY_ORIGIN
    finally:
        server.should_exit = True
        thread.join(10)
