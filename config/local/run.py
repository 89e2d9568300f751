"""`make run`: everything Parley needs, in one terminal, until Ctrl-C.

DATABASE_URL, REDIS_URL and EMAIL_URL each replace the embedded part of that name; nothing else changes.
"""

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from config import env
from config.env import LOCAL
from config.local.places import ROOT
from config.local.ports import free_port, wait_for_port
from config.local.postgres import Postgres
from config.local.processes import Child
from config.local.server import LocalServer
from config.local.terminal import has_command, say, step
from config.local.valkey import Valkey

READY_TIMEOUT = 180  # seconds


class Stop(Exception):
    """Ctrl-C or SIGTERM came."""


class Runner:
    """Starts servers and processes, keeps them running, stops them in the opposite order."""

    def __init__(self) -> None:
        self.servers: list[LocalServer] = []
        self.children: list[Child] = []
        self.environment = {
            "PARLEY_SECRET_KEY": env.SECRET_KEY or self._new_secret_key(),
            "PARLEY_LOG_LEVEL": os.environ.get("PARLEY_LOG_LEVEL", "WARNING"),
            "DATABASE_URL": env.DATABASE_URL,
            "DATABASE_OWNER_URL": env.DATABASE_OWNER_URL,
            "REDIS_URL": env.REDIS_URL,
            "PYTHONUNBUFFERED": "1",
            # Ctrl-C is not to take twenty seconds because tabs are open.
            "PARLEY_DRAIN_SECONDS": os.environ.get("PARLEY_DRAIN_SECONDS", "1"),
        }

    def start(self) -> None:
        """Start everything; returns when /readyz says so."""
        env.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing folder
        self._start_servers()
        self._prepare()
        with step("Web, worker, beat"):
            for child in self._processes():
                self.children.append(child)
                child.start()
            self._wait_until_ready()

    def watch(self) -> None:
        """Start again what ends; ends itself when something ends again and again, or on Stop."""
        while True:
            time.sleep(0.3)
            for server in self.servers:
                if server.process is not None and server.process.poll() is not None:
                    say(f"{server.name} ended with code {server.process.returncode}: starting it again.")
                    server.start()
            for child in self.children:
                if child.has_ended():
                    self._start_again(child)

    def stop(self) -> None:
        """Stop what was started, last first."""
        for child in reversed(self.children):
            child.stop()
        for server in reversed(self.servers):
            server.stop()

    def _start_servers(self) -> None:
        if "DATABASE_URL" not in os.environ:
            with step("PostgreSQL"):
                postgres = Postgres(LOCAL)
                self.servers.append(postgres)
                postgres.start()
                postgres.provision()
        if "REDIS_URL" not in os.environ:
            with step("Valkey"):
                valkey = Valkey(LOCAL)
                self.servers.append(valkey)
                valkey.start()
        if "EMAIL_URL" not in os.environ:
            with step("Mail catcher"):
                self._start_mail_catcher()

    def _start_mail_catcher(self) -> None:
        port = free_port()
        catcher = Child(
            name="mail catcher",
            command=[sys.executable, "-m", "config.local.mail_catcher", str(port), str(LOCAL.mail)],
            environment={},
        )
        self.children.append(catcher)
        catcher.start()
        wait_for_port(port)
        self.environment |= {
            "EMAIL_URL": f"smtp://localhost:{port}",
            "PARLEY_MAIL_CATCHER_DIR": str(LOCAL.mail),
        }

    def _processes(self) -> list[Child]:
        python = [sys.executable]
        celery = [*python, "-W", "ignore:You're running the worker", "-m", "celery", "-A", "config", "-q"]
        webs = [
            Child(
                name="web" if env.WEB == 1 else f"web {number}",
                command=[
                    *[*python, "-m", "config.serve", "-b", env.BIND, "-p", str(env.PORT)],
                    *(["--reuse-port"] if env.WEB > 1 else []),
                ],
                environment=self.environment,
                stop_timeout=env.DRAIN_SECONDS + 30,
            )
            for number in range(1, env.WEB + 1)
        ]
        return [
            *webs,
            Child(
                name="worker",
                command=[*celery, "worker", "--concurrency=2", "--without-gossip", "--without-mingle"],
                environment=self.environment,
                stop_timeout=20,
            ),
            Child(name="beat", command=[*celery, "beat"], environment=self.environment),
        ]

    def _prepare(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "config.local.prepare"],
            env={**os.environ, **self.environment, "PARLEY_DB_POOL_SIZE": "0"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            raise SystemExit("The database could not be prepared; what went wrong is above.")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_TIMEOUT
        answer = "nothing yet"
        while time.monotonic() < deadline:
            for child in self.children:
                if child.has_ended():
                    raise SystemExit(f"\n{child.name} ended while starting; what it said is above.")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{env.PORT}/readyz", timeout=5):
                    return
            except urllib.error.HTTPError as problem:
                answer = problem.read().decode(errors="replace")
            except OSError as problem:
                answer = str(problem)
            time.sleep(0.1)
        raise SystemExit(f"\nParley was not ready within {READY_TIMEOUT} s. /readyz says: {answer}")

    def _start_again(self, child: Child) -> None:
        code = child.process.returncode if child.process else None
        if child.ends_too_often():
            raise SystemExit(f"{child.name} ended with code {code} once too often: stopping everything.")
        say(f"{child.name} ended with code {code}: starting it again.")
        child.start()

    @staticmethod
    def _new_secret_key() -> str:
        key = secrets.token_urlsafe(48)
        LOCAL.home.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(LOCAL.secret_key_file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(key)
        return key


def refuse_occupied_port() -> None:
    """End with a sentence when another program listens on PORT."""
    try:
        socket.create_server((env.BIND, env.PORT)).close()
    except OSError:
        raise SystemExit(
            f"Port {env.PORT} is taken by another program. Stop it, or choose another: make run PORT={env.PORT + 1}"
        ) from None


@contextmanager
def only_one_here() -> Iterator[None]:
    """Keep a second `make run` away from the same data."""
    LOCAL.home.mkdir(parents=True, exist_ok=True)
    file = LOCAL.home / "run.lock"
    with file.open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise SystemExit(
                f"Parley already runs from this folder (process {lock.read().strip()})."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def welcome(seconds: float) -> str:
    """Return what a person needs next: addresses and a log-in."""
    lines = ["", f"Parley is ready ({seconds:.0f} s).", "", f"  Parley        {env.ORIGIN}/"]
    if env.DEMO and has_command("seed_demo"):
        lines.append(f"  Demo shop     {env.ORIGIN}/demo/en/   (also /ar/, /fa/, /lt/)")
    if "EMAIL_URL" not in os.environ:
        lines.append(f"  Caught mail   {env.ORIGIN}/mail/")
    lines.append(f"  API           {env.ORIGIN}/api/docs/")
    if env.DEMO and has_command("seed_demo"):
        lines.append("  Log in as     demo@parley.example with the password parley-demo")
    return "\n".join([*lines, "", "Ctrl-C stops everything; the data stays in var/.", ""])


def main() -> None:
    """Run until a signal."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stop

    begun = time.monotonic()
    with ExitStack() as stack:
        stack.enter_context(only_one_here())
        refuse_occupied_port()
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        say("Starting Parley")
        runner = Runner()
        stack.callback(runner.stop)
        try:
            runner.start()
            say(welcome(time.monotonic() - begun))
            runner.watch()
        except Stop:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            say("\nStopping ...")
    say("Everything is stopped.")


if __name__ == "__main__":
    main()
