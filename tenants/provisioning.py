"""Prepares a PostgreSQL for Parley: the database, its roles and what each may do."""

from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

ROLES = Path(__file__).parent / "sql" / "roles.sql"


def provision(
    *, admin_url: str, database: str, owner_password: str | None = None, app_password: str | None = None
) -> None:
    """Make ``database`` and the roles of roles.sql where they are missing; safe to run again.

    ``admin_url`` logs in as a superuser, or as the administrator of a managed PostgreSQL. Passwords that are given
    are set; without them the roles log in by whatever pg_hba.conf allows.
    """
    with psycopg.connect(admin_url, autocommit=True) as admin:
        exists = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if exists is None:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    with psycopg.connect(make_conninfo(admin_url, dbname=database)) as connection:
        connection.execute(ROLES.read_bytes())
        for role, password in (("parley_owner", owner_password), ("parley_app", app_password)):
            if password is not None:
                connection.execute(
                    sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
                )
