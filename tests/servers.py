"""The throw-away PostgreSQL and Valkey of a test run, one pair for all xdist workers, a database for each."""

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from config.local import throwaway
from config.local.account import server_account
from config.local.binaries import postgres_binaries
from config.local.places import ROOT
from config.local.postgres import SUPERUSER
from config.settings.test import DATABASE, PLACES
from tenants.provisioning import provision

TEMPLATE = "parley_template"
DUMPS = ROOT / ".pytest_cache" / "database"

# Rows that migrations put there: emptying these between tests would leave a database no migration has made.
KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")


def owner_pid() -> int:
    """Return the process the servers belong to: pytest itself, the parent of every xdist worker."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def make_ready() -> None:
    """Start the servers if no other worker has, and make this worker's database from the migrated template."""
    with _one_at_a_time():
        if not PLACES.valkey_socket.exists():
            throwaway.start(PLACES, owner_pid=owner_pid())
        if not _exists(TEMPLATE):
            _make_template()
        if not _exists(DATABASE):
            _as_superuser(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER parley_owner").format(
                    sql.Identifier(DATABASE), sql.Identifier(TEMPLATE)
                )
            )


def superuser_url(database: str = DATABASE) -> str:
    """Return the address of this worker's database for the one role that row-level security does not bind."""
    return PLACES.database_url(role=SUPERUSER, database=database)


def empty_tables() -> None:
    """Delete every row that tests have committed.

    The application's role cannot TRUNCATE, so this is done by the superuser; it skips tables that are empty already,
    and foreign keys and triggers, since everything goes.
    """
    statement = """
        DO $$
        DECLARE place regclass; has_rows boolean;
        BEGIN
            SET LOCAL session_replication_role = replica;
            FOR place IN
                SELECT c.oid FROM pg_class c
                WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                  AND NOT c.relispartition AND c.relname <> ALL (%s)
            LOOP
                EXECUTE format('SELECT EXISTS (SELECT FROM %%s)', place) INTO has_rows;
                IF has_rows THEN
                    EXECUTE format('DELETE FROM %%s', place);
                END IF;
            END LOOP;
        END $$
    """
    with psycopg.connect(superuser_url()) as connection:
        psycopg.ClientCursor(connection).execute(statement, [list(KEPT_TABLES)])


def _make_template() -> None:
    """Migrate an empty database, or restore what the same migrations made in an earlier run."""
    provision(admin_url=superuser_url("postgres"), database=TEMPLATE)
    dump = DUMPS / f"{_digest_of_migrations()}.dump"
    if dump.exists():
        _client_program("pg_restore", "--exit-on-error", f"--dbname={superuser_url(TEMPLATE)}", str(dump))
        return
    _migrate_template()
    DUMPS.mkdir(parents=True, exist_ok=True)
    for old in DUMPS.iterdir():
        old.unlink()
    _client_program("pg_dump", "--format=custom", "--compress=0", f"--file={dump}", superuser_url(TEMPLATE))


def _digest_of_migrations() -> str:
    """Return a digest of everything that decides what an empty database becomes."""
    sources = [
        ROOT / "requirements.lock",  # other people's migrations
        ROOT / "tenants" / "rls.py",
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("*/models/*.py"),
        *ROOT.glob("*/sql/*.sql"),
    ]
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(f"{source.relative_to(ROOT)}\0".encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:20]


def _client_program(name: str, *options: str) -> None:
    program = postgres_binaries(account=server_account(), copies=PLACES.servers / "bin") / name
    subprocess.run([str(program), *options], check=True, env={"PATH": os.environ["PATH"], "LC_ALL": "C"})


def _migrate_template() -> None:
    owner = connections["owner"]
    owner.settings_dict["NAME"] = TEMPLATE
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        owner.close()
        owner.settings_dict["NAME"] = DATABASE


def _exists(database: str) -> bool:
    with psycopg.connect(superuser_url("postgres")) as connection:
        row = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone()
    return row is not None


def _as_superuser(statement: sql.Composed) -> None:
    with psycopg.connect(superuser_url("postgres"), autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (PLACES.home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
