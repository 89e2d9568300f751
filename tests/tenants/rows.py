"""A row in every tenant table, found by asking the schema; so that a new table cannot be forgotten."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from tenants.ids import uuid7
from tests import servers

# Tables without a tenant's policy, each with its reason. Nothing is added here without one.
WITHOUT_POLICY = {
    "tenants_tenant": "the tenant itself: its id is what the policy compares with",
    "tenants_timer": "swept across tenants; holds ids and times only",
    "operators_user": "a person may work for several tenants",
}


def tenant_tables() -> list[str]:
    """Return every table with a tenant_id column."""
    query = """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND a.attname = 'tenant_id'
            AND NOT a.attisdropped
        ORDER BY 1
    """
    with psycopg.connect(servers.superuser_url()) as connection:
        return [row[0] for row in connection.execute(query)]


_VALUES: dict[str, Callable[[int], object]] = {
    "uuid": lambda n: uuid7(),
    "text": lambda n: f"text {n}",
    "character varying": lambda n: f"v{n}",
    "boolean": lambda n: True,
    "timestamp with time zone": lambda n: datetime(2026, 1, 1, tzinfo=UTC),
    "date": lambda n: date(2026, 1, 1),
    "integer": lambda n: n,
    "smallint": lambda n: n,
    "bigint": lambda n: n,
    "double precision": lambda n: 1.5,
    "jsonb": lambda n: Jsonb({}),
    "ARRAY": lambda n: [],
    "inet": lambda n: "192.0.2.1",
    "bytea": lambda n: b"",
}


def fill_every_table(cursor: psycopg.Cursor[tuple[object, ...]], *tenant_ids: UUID) -> None:
    """Insert one row per tenant into every tenant table, made up from the schema; keys are not checked."""
    cursor.execute("SET LOCAL session_replication_role = replica")
    for table in tenant_tables():
        columns = cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = %s AND is_nullable = 'NO' AND is_identity = 'NO'"
            " AND is_generated = 'NEVER' AND column_default IS NULL",
            [table],
        ).fetchall()
        for number, tenant_id in enumerate(tenant_ids, start=1):
            row = {str(name): _VALUES[str(kind)](number) for name, kind in columns} | {"tenant_id": tenant_id}
            cursor.execute(
                sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                    sql.Identifier(table),
                    sql.SQL(", ").join(map(sql.Identifier, row)),
                    sql.SQL(", ").join([sql.Placeholder()] * len(row)),
                ),
                list(row.values()),
            )
