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
from pathlib import Path

import redis

from config.local.account import dies_with_parent
from config.local.places import ROOT, Places
from config.local.ports import free_port
from config.local.valkey import Valkey
from config.settings.test import PLACES

# Long, because the machine may be busy; nothing waits longer than it must.
PATIENCE = 90.0


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

    def kill(self) -> None:
        """Kill it without warning, and the processes it forked."""
        if self.process is not None:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None


class Stage:
    """A broker of its own, and the web, worker and beat processes that use it, on this worker's database."""

    def __init__(self, *, mail_port: int = 1) -> None:
        self.home = PLACES.home / f"faults-{os.getpid()}-{time.monotonic_ns()}"
        self.home.mkdir(mode=0o711)
        self.places = Places(self.home)
        self.broker = Valkey(self.places, is_throwaway=True)
        self.web_port = free_port()
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "REDIS_URL": self.places.redis_url(),
            "EMAIL_URL": f"smtp://localhost:{mail_port}",
            "PARLEY_ORIGIN": self.origin,
            "PARLEY_WIDGET_ORIGIN": self.origin,
            "PARLEY_DB_POOL_SIZE": "4",
            "PARLEY_LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
        }
        celery = ["-W", "ignore", "-m", "celery", "-A", "config", "-q"]
        worker = [
            *celery,
            "worker",
            "--concurrency=1",
            "--without-gossip",
            "--without-mingle",
            "-l",
            "warning",
        ]
        self.web = self._process(
            "web", "-m", "daphne", "-b", "127.0.0.1", "-p", str(self.web_port), "config.asgi:application"
        )
        self.worker = self._process("worker", *worker)
        self.beat = self._process("beat", *celery, "beat", "-l", "warning")

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.web_port}"

    @property
    def socket_url(self) -> str:
        return f"ws://localhost:{self.web_port}/ws/contact/"

    def _process(self, name: str, *words: str) -> Running:
        return Running([sys.executable, *words], environment=self.environment, log=self.home / f"{name}.log")

    def start_web(self) -> None:
        """Start the web process and return when it answers."""
        self.web.start()
        wait_until(self._web_answers, "the web process answers")

    def _web_answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.origin}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def kill_broker(self) -> None:
        """Kill the broker without warning. It keeps nothing: its next start is empty."""
        process = self.broker.process
        assert process is not None
        process.kill()
        process.wait(10)
        self.broker.process = None
        self.places.valkey_socket.unlink(missing_ok=True)

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.places.redis_url())

    def close(self) -> None:
        """End everything that was started."""
        for process in (self.beat, self.worker, self.web):
            process.kill()
        self.broker.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def logs(self) -> str:
        """Return what the processes wrote, for a failing test."""
        return "\n".join(file.read_text(encoding="utf-8") for file in sorted(self.home.glob("*.log")))
