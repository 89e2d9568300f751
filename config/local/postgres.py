"""The embedded PostgreSQL: a real server, on a unix socket, its data under var/."""

import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from config.local.binaries import postgres_binaries
from config.local.server import LocalServer
from tenants.provisioning import provision

SUPERUSER = "postgres"

# With any other locale pg_trgm sees no letter outside ASCII, and a search in Arabic or Persian finds nothing.
CLUSTER_OPTIONS = [
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
    "--no-instructions",
]

# Tests throw the data away: nothing has to survive a crash.
THROWAWAY_OPTIONS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]


class Postgres(LocalServer):
    """PostgreSQL on a unix socket that only its own account, and root, can reach."""

    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": ends sessions, flushes, exits

    @property
    def data(self) -> Path:
        return self.places.servers / "postgres"

    @property
    def admin_url(self) -> str:
        return self.places.database_url(role=SUPERUSER, database="postgres")

    def binary(self, name: str) -> str:
        return str(postgres_binaries(account=self.account, copies=self.copies) / name)

    def prepare(self) -> None:
        """Make the data folder by initdb, whole or not at all."""
        if (self.data / "PG_VERSION").exists():
            return
        unfinished = self.data.with_name("postgres.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.account.make_folder(unfinished)
        options = [*CLUSTER_OPTIONS, f"--username={SUPERUSER}", "--auth-local=trust", "--auth-host=reject"]
        if self.is_throwaway:
            options.append("--no-sync")
        made = subprocess.run(
            [self.binary("initdb"), "-D", str(unfinished), *options],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.places.servers,
            env=self.environment(),
            **self.account.popen_options(),
        )
        if made.returncode:
            raise SystemExit(f"initdb could not make {self.data}:\n{made.stderr.strip()}")
        unfinished.rename(self.data)

    def command(self) -> list[str]:
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.places.sockets}",
            "unix_socket_permissions=0700",
            "max_connections=200",
            "log_timezone=UTC",
            "timezone=UTC",
            *(THROWAWAY_OPTIONS if self.is_throwaway else []),
        ]
        return [
            self.binary("postgres"),
            "-D",
            str(self.data),
            *(word for setting in settings for word in ("-c", setting)),
        ]

    def answers(self) -> bool:
        try:
            psycopg.connect(self.admin_url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def leftover(self) -> int | None:
        """Return the pid in postmaster.pid. A file whose process is gone, or another by now, is removed.

        PostgreSQL itself only asks whether some process has that number: after a restart of a container one often
        has, and the server would refuse to start.
        """
        file = self.data / "postmaster.pid"
        try:
            pid = int(file.read_text(encoding="ascii").split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None
        if self.is_ours(pid):
            return pid
        file.unlink()
        return None

    def provision(self, *, database: str = "parley") -> None:
        """Make the roles and the database, if they are not there yet."""
        provision(admin_url=self.admin_url, database=database)
