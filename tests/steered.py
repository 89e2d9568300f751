"""A web process whose constants a test may change while it runs: `python -m tests.steered HOST PORT STEERING`.

STEERING is the path of a unix socket that takes one change a connection and answers with the earlier value.
"""

import importlib
import socket
import sys
import threading
from multiprocessing.connection import Listener


def loopback(port: int) -> str:
    """Return the address that clients try first for localhost."""
    return str(socket.getaddrinfo("localhost", port, type=socket.SOCK_STREAM)[0][4][0])


def put(place: str, value: object) -> object:
    """Give a name of a module, or of Django's settings, another value; returns the earlier one."""
    owner, _, name = place.rpartition(".")
    module, _, attribute = owner.rpartition(".")
    holder = (
        getattr(importlib.import_module(module), attribute)
        if owner == "django.conf.settings"
        else importlib.import_module(owner)
    )
    earlier: object = getattr(holder, name)
    setattr(holder, name, value)
    return earlier


def obey(listener: Listener) -> None:
    """Carry out changes for ever."""
    while True:
        with listener.accept() as connection:
            connection.send(put(*connection.recv()))


def main(host: str, port: str, steering: str) -> None:
    """Serve until SIGTERM."""
    # Here, because the test process wants put() alone: this takes the event loop's policy for itself.
    from config import serve

    threading.Thread(target=obey, args=[Listener(steering)], daemon=True).start()
    serve.main(["--bind", host, "--port", port])


if __name__ == "__main__":
    main(*sys.argv[1:])
