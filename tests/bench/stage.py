"""Servers of the benchmark's own, durable like a real installation's, and what runs on them.

Nothing of Django may be imported here before ``Stage.start``: the addresses go into the environment first.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import psycopg

from config.local.account import dies_with_parent
from config.local.places import ROOT, Places
from config.local.ports import free_port
from config.local.postgres import SUPERUSER, Postgres
from config.local.valkey import Valkey
from tests.bench.baselines.tables import TABLES

PATIENCE = 60.0  # seconds until a process must answer
# The kernel's clock of another process, in nanoseconds: see clock_getcpuclockid(3).
CPUCLOCK_SCHED = 2
# Connections that may wait to be accepted. Daphne's own 50 let the kernel drop the rest of a storm for seconds.
BACKLOG = 2048
# Databases of their own for the rows that would be in the way of everything else.
SMALL, LARGE = "bench_small", "bench_large"


class Counting(Postgres):
    """A PostgreSQL that counts its statements."""

    def command(self) -> list[str]:
        return [*super().command(), "-c", "shared_preload_libraries=pg_stat_statements"]


class Process:
    """One web process under test, and what it has cost so far."""

    def __init__(self, *, application: str, server: str, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.origin = f"http://localhost:{self.port}"
        where = {
            "serve": ["tests.bench.serve", application, str(self.port)],
            "daphne": [
                *["daphne", "-v", "0", "-e", f"tcp:{self.port}:interface=127.0.0.1:backlog={BACKLOG}"],
                application,
            ],
            "uvicorn": [
                *["uvicorn", "--log-level", "warning", "--host", "127.0.0.1", "--port", str(self.port)],
                *["--ws", "websockets-sansio", "--no-access-log", "--lifespan", "off", application],
            ],
        }
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *where[server]],
                env={
                    **os.environ,
                    **environment,
                    "PARLEY_ORIGIN": self.origin,
                    "PARLEY_WIDGET_ORIGIN": self.origin,
                    "PARLEY_DRAIN_SECONDS": "0",
                },
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=dies_with_parent(signal.SIGKILL),  # noqa: PLW1509  before any thread is started
            )
        self._wait(log)

    def cpu(self) -> float:
        """Return the seconds that all threads of the process have run, those that have ended too."""
        return time.clock_gettime(~self.process.pid << 3 | CPUCLOCK_SCHED)

    def memory(self) -> int:
        """Return the proportional set size in bytes."""
        for line in Path(f"/proc/{self.process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
        raise OSError("no Pss")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self, log: Path) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.origin}/healthz", timeout=2).close()
            except (OSError, urllib.error.URLError):
                time.sleep(0.05)
            else:
                return
        raise SystemExit(f"A web process did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


class Stage:
    """A PostgreSQL with its flushes on, a Valkey, a migrated database. Everything ends with the block."""

    def __init__(self, home: Path) -> None:
        self.places = Places(home)
        self.postgres, self.valkey = Counting(self.places), Valkey(self.places)
        self.exits = ExitStack()

    def __enter__(self) -> Self:
        shutil.rmtree(self.places.home, ignore_errors=True)
        self.places.home.mkdir(parents=True)
        for server in (self.postgres, self.valkey):
            server.start()
            self.exits.callback(server.stop)
        self.postgres.provision()
        for name in [name for name in os.environ if name.startswith("PARLEY_")]:
            del os.environ[name]
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "DATABASE_URL": self.places.database_url(role="parley_app"),
            "DATABASE_OWNER_URL": self.places.database_url(role="parley_owner"),
            "REDIS_URL": self.places.redis_url(),
            "EMAIL_URL": "smtp://localhost:1",
            "PARLEY_SECRET_KEY": "a benchmark has nothing to hide, but the key must be fifty characters long",
            "PARLEY_LOG_LEVEL": "WARNING",
            "PARLEY_MEDIA_ROOT": str(self.places.home / "media"),
            "PARLEY_STATIC_ROOT": str(self.places.home / "static"),
        }
        (self.places.home / "static").mkdir()
        self._migrate()
        return self

    def __exit__(self, *problem: object) -> None:
        self.exits.close()
        shutil.rmtree(self.places.home, ignore_errors=True)

    def process(self, application: str, *, server: str = "serve", **environment: str) -> Process:
        """Start a web process, which lives until the stage ends.

        ``server``: the product's own ("serve"), or one as its makers ship it ("daphne", "uvicorn").
        """
        name = application.replace(":", ".")
        made = Process(
            application=application,
            server=server,
            environment=environment,
            log=self.places.home / f"{name}.log",
        )
        self.exits.callback(made.stop)
        return made

    def superuser(self, database: str = "parley") -> psycopg.Connection:
        """Return a connection that row-level security does not bind: to seed sets of rows, to read statistics."""
        return psycopg.connect(self.places.database_url(role=SUPERUSER, database=database), autocommit=True)

    def _migrate(self) -> None:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=ROOT,
            check=True,
            stdin=subprocess.DEVNULL,
        )
        with self.superuser() as connection:
            connection.execute(TABLES)
            connection.execute("CREATE EXTENSION pg_stat_statements")
        with self.superuser("postgres") as connection:
            for name in (SMALL, LARGE):
                connection.execute(f"CREATE DATABASE {name} TEMPLATE parley")
