"""Loopback ports for processes of this machine."""

import random
import socket
import time


def free_port() -> int:
    """Return a loopback port that nothing listens on, of those a system gives to no client of its own accord."""
    while True:
        port = random.randrange(10_000, 32_000)  # noqa: S311  no secret
        try:
            socket.create_server(("localhost", port)).close()
        except OSError:
            continue
        return port


def wait_for_port(port: int) -> None:
    """Return when something listens on the loopback ``port``."""
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
