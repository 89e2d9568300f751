"""Real processes of Parley for one test: each is started, killed by its id, and started again."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from config.local.account import dies_with_parent
from config.local.places import ROOT, Places
from config.local.ports import free_port
from config.local.postgres import Postgres
from config.local.server import LocalServer
from config.local.valkey import Valkey

# Long, because the machine may be busy; nothing waits longer than it must.
PATIENCE = 90.0
STOP_PATIENCE = 30.0


def wait_until(happened: Callable[[], bool], what: str) -> None:
    """Return when ``happened``; fails the test after PATIENCE seconds."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"not within {PATIENCE:.0f} s: {what}"
        time.sleep(0.05)


class Running:
    """One process and its children."""

    def __init__(self, command: list[str], *, environment: dict[str, str], log: Path) -> None:
        self.command, self.environment, self.log = command, environment, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return at once."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGKILL),  # noqa: PLW1509  a few milliseconds in a child
            )

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask it to end, as a deploy does, and wait; a process that does not listen is killed."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_PATIENCE)
        self.kill()

    def memory(self) -> int:
        """Return the memory that the process alone uses, in bytes (resident)."""
        assert self.process is not None
        pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def kill(self) -> None:
        """Kill it without warning, and the processes it forked."""
        if self.process is not None:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None


class Stage:
    """The processes of an installation on a broker and a database that others have started."""

    def __init__(
        self,
        *,
        home: Path,
        broker: Valkey,
        postgres: Postgres | None = None,
        mail_port: int = 1,
        webs: int = 1,
    ) -> None:
        self.home, self.broker, self.postgres = home, broker, postgres
        self.ports = [free_port() for _ in range(webs)]
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "REDIS_URL": broker.places.redis_url(),
            "EMAIL_URL": f"smtp://localhost:{mail_port}",
            "PARLEY_ORIGIN": self.origin,
            "PARLEY_WIDGET_ORIGIN": self.origin,
            "PARLEY_DB_POOL_SIZE": "8",
            "PARLEY_LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
        }
        celery = ["-W", "ignore", "-m", "celery", "-A", "config", "-q"]
        quiet = ["--concurrency=1", "--without-gossip", "--without-mingle", "-l", "warning"]
        self.webs = [
            self._process(
                f"web{number}",
                *["-m", "config.serve", "-b", "127.0.0.1", "-p", str(port)],
            )
            for number, port in enumerate(self.ports)
        ]
        self.worker = self._process("worker", *celery, "worker", *quiet)
        self.beat = self._process("beat", *celery, "beat", "-l", "warning")

    @property
    def origin(self) -> str:
        """What browsers know: a balancer's address; here that of the first web process."""
        return f"http://localhost:{self.ports[0]}"

    @property
    def places(self) -> Places:
        return self.broker.places

    def _process(self, name: str, *words: str) -> Running:
        return Running(
            [sys.executable, *words], environment=dict(self.environment), log=self.home / f"{name}.log"
        )

    def start(self) -> None:
        """Start all processes and return when the web answers."""
        for process in (*self.webs, self.worker, self.beat):
            process.start()
        for port in self.ports:
            wait_until(lambda port=port: answers(port), "the web process answers")  # type: ignore[misc]

    def kill_broker(self) -> None:
        """Kill the broker without warning. What it kept is gone: its next start is empty."""
        _kill_server(self.broker)
        self.places.valkey_socket.unlink(missing_ok=True)
        shutil.rmtree(self.broker.data / "appendonlydir", ignore_errors=True)

    def kill_postgres(self) -> None:
        """Kill PostgreSQL and all its sessions without warning. It keeps what it has committed."""
        assert self.postgres is not None
        _kill_server(self.postgres)

    def close(self) -> None:
        """End the processes. The servers belong to whoever started them."""
        for process in (self.beat, self.worker, *self.webs):
            process.kill()

    def logs(self) -> str:
        """Return what the processes wrote, for a failing test."""
        return "\n".join(file.read_text(encoding="utf-8") for file in sorted(self.home.glob("*.log")))


def answers(port: int) -> bool:
    """Say whether a web process is there."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _kill_server(server: LocalServer) -> None:
    process = server.process
    assert process is not None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
    server.process = None
