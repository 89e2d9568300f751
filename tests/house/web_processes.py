"""Web processes of Parley as they run for real, on the database and the broker of this test process."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from config.local.account import dies_with_parent
from config.local.places import ROOT
from config.local.ports import free_port, wait_for_port

# So many frames of 30,000 characters are sent at once by the process that floods.
FLOOD = 2_000
UVICORN = ["uvicorn", "--log-level", "warning", "--ws", "websockets-sansio", "--no-access-log"]


class Web:
    """One process and where it answers."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port
        self.origin = f"http://localhost:{port}"

    def url(self, path: str) -> str:
        return f"ws://127.0.0.1:{self.port}{path}"

    def ask_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def memory(self) -> int:
        """Return the bytes of memory the process holds."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def is_ready(self) -> int:
        """Return the status of /readyz."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code


def command(server: str, port: int, *, share: bool) -> list[str]:
    """Return the command line of a web process."""
    if server == "uvicorn":
        return [*UVICORN, "--host", "127.0.0.1", "--port", str(port), "config.asgi:application"]
    return ["config.serve", "-b", "127.0.0.1", "-p", str(port), *(["--reuse-port"] if share else [])]


@contextmanager
def running(words: list[str], *, port: int, environment: dict[str, str]) -> Iterator[Web]:
    """Run ``python -m words``; killed at the end when it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.base", **environment},
        cwd=ROOT,
        preexec_fn=dies_with_parent(signal.SIGKILL),  # noqa: PLW1509  a few milliseconds in a child
    )
    try:
        wait_for_port(port)
        assert process.poll() is None
        yield Web(process, port)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


@contextmanager
def web_process(
    *,
    server: str = "daphne",
    seconds: int = 3,
    port: int | None = None,
    share: bool = False,
    pool_size: int = 4,
) -> Iterator[Web]:
    """Run one web process that drains within ``seconds`` and holds up to ``pool_size`` database connections."""
    port = port or free_port()
    environment = {
        "PARLEY_DB_POOL_SIZE": str(pool_size),
        "PARLEY_DRAIN_SECONDS": str(seconds),
        "PARLEY_ORIGIN": f"http://localhost:{port}",
        "PARLEY_LOG_LEVEL": "ERROR",
    }
    with running(command(server, port, share=share), port=port, environment=environment) as web:
        yield web


def flooding_process() -> AbstractContextManager[Web]:
    """Run our server with an application that sends more than anybody reads."""
    port = free_port()
    return running(["tests.house.flooding", str(port)], port=port, environment={})


@contextmanager
def two_web_processes() -> Iterator[list[Web]]:
    """Run two processes on one port."""
    port = free_port()
    with ExitStack() as stack:
        first = stack.enter_context(web_process(port=port, share=True))
        second = stack.enter_context(web_process(port=port, share=True))
        deadline = time.monotonic() + 20
        while listeners(port) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield [first, second]


def listeners(port: int) -> int:
    """Return how many sockets of this machine listen on a loopback port."""
    local = f"{socket.inet_aton('127.0.0.1')[::-1].hex().upper()}:{port:04X}"
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return sum(line.split()[1] == local and line.split()[3] == "0A" for line in lines)
