"""Loopback ports for processes of this machine."""

import socket
import time


def free_port() -> int:
    """Return a loopback port that nothing listens on."""
    with socket.create_server(("localhost", 0)) as probe:
        return int(probe.getsockname()[1])


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
