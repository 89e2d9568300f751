"""The throw-away PostgreSQL and Valkey of one test process, and the database in it."""

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections

from config.local import throwaway
from config.local.account import server_account
from config.local.binaries import postgres_binaries
from config.local.places import ROOT
from config.local.postgres import SUPERUSER
from config.settings.test import DATABASE, PLACES
from tenants.provisioning import provision

DUMPS = ROOT / ".pytest_cache" / "database"

# Rows that migrations put there: emptying these between tests would leave a database no migration has made.
KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")


def make_ready() -> None:
    """Start the servers, which go away with this process, and fill the database.

    It is restored from what the same migrations made in an earlier run; the first process of the first run migrates,
    while the others wait.
    """
    throwaway.start(PLACES, owner_pid=os.getpid())
    provision(admin_url=superuser_url("postgres"), database=DATABASE)
    dump = DUMPS / f"{_digest_of_migrations()}.dump"
    with _one_at_a_time():
        if not dump.exists():
            _migrate()
            _dump_to(dump)
            return
    _client_program("pg_restore", "--exit-on-error", f"--dbname={superuser_url()}", str(dump))


def superuser_url(database: str = DATABASE) -> str:
    """Return the address of the tests' database for the one role that row-level security does not bind."""
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
    while True:
        try:
            with psycopg.connect(superuser_url()) as connection:
                psycopg.ClientCursor(connection).execute(statement, [list(KEPT_TABLES)])
        except psycopg.errors.DeadlockDetected:
            continue  # the site was still about something of the test that has ended, and is done now
        return


def _dump_to(dump: Path) -> None:
    for old in DUMPS.glob("*.dump*"):
        old.unlink()
    unfinished = dump.with_suffix(".dump.unfinished")
    _client_program("pg_dump", "--format=custom", "--compress=0", f"--file={unfinished}", superuser_url())
    unfinished.rename(dump)


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


def _migrate() -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connections["owner"].close()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    DUMPS.mkdir(parents=True, exist_ok=True)
    with (DUMPS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
