"""Databases of a size: conversations and messages by the hundred thousand, written set by set.

As the superuser, whom row-level security does not bind; every trigger and every key is checked as ever. The text
index is made anew when the rows are in, as any import would.
"""

import random
from typing import Final

import psycopg
from psycopg import sql

_random = random.Random(7)
SYLLABLES: Final = [first + second for first in "bcdfghklmnprstvz" for second in "aeiou"]
WORDS: Final = ["".join(_random.choices(SYLLABLES, k=_random.choice((2, 3, 4)))) for _ in range(500)]
# One in 50 messages, one in 2,500, one in a thousand, none.
QUERIES: Final = [WORDS[3], f"{WORDS[5]} {WORDS[11]}", "order00017", "qxqxqx"]

COPIED: Final = {
    "conversations_contact": {"id": "uuidv7()", "name": "'Contact ' || n", "search_text": "'contact ' || n"},
    "conversations_conversation": {
        "id": "uuidv7()",
        "client_id": "uuidv7()",
        "contact_id": "contacts[1 + n %% cardinality(contacts)]",
        "status": "CASE WHEN n %% 2 = 0 THEN 'open' ELSE 'resolved' END",
        "waiting_since": "NULL::timestamptz",
        "last_activity_at": "now() - n * interval '7 seconds'",
        "created_at": "now() - n * interval '7 seconds'",
    },
    "conversations_message": {
        "id": "uuidv7()",
        "client_id": "uuidv7()",
        "conversation_id": "conversations[n]",
        "text": "said",
        "search_text": "said",
        "created_at": "now() - n * interval '7 seconds'",
    },
}
SAID: Final = """(SELECT string_agg(words[1 + (hashint8(n * 31 + k) & 2147483647) %% 500], ' ')
    || ' order' || lpad((n %% 1000)::text, 5, '0') FROM generate_series(1, 10) k)"""


def grow(database: psycopg.Connection, *, conversation_id: str, count: int) -> None:
    """Write ``count`` conversations with one message each beside the one given, and as many tenths of contacts."""
    index = "messages_search"
    row = database.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index]).fetchone()
    assert row is not None
    with database.transaction():
        database.execute("SET LOCAL maintenance_work_mem = '512MB'")
        database.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
        values = {"id": conversation_id, "count": count, "words": WORDS}
        database.execute(
            "CREATE TEMP TABLE grown ON COMMIT DROP AS SELECT NULL::uuid[] AS contacts,"
            " NULL::uuid[] AS conversations, id, contact_id FROM conversations_conversation WHERE id = %(id)s",
            values,
        )
        for table, source, into, rows in (
            ("conversations_contact", "t.id = g.contact_id", "contacts", "%(count)s / 10"),
            ("conversations_conversation", "t.id = g.id", "conversations", "%(count)s"),
            ("conversations_message", "t.conversation_id = g.id AND t.kind = 'reply'", None, "%(count)s"),
        ):
            made = _copy(database, table=table, source=source, rows=rows)
            if into is None:
                database.execute(f"INSERT INTO {table} {made}", values)
            else:
                database.execute(
                    f"WITH made AS (INSERT INTO {table} {made} RETURNING id)"  # noqa: S608
                    f" UPDATE grown SET {into} = (SELECT array_agg(id) FROM made)",
                    values,
                )
        database.execute("SET CONSTRAINTS ALL IMMEDIATE")
        database.execute(row[0].encode())
    database.execute("VACUUM (ANALYZE)")


def _copy(database: psycopg.Connection, *, table: str, source: str, rows: str) -> str:
    """Return the columns and the SELECT of copies of one row."""
    found = database.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
        [table],
    ).fetchall()
    columns = [name for (name,) in found]
    numbers = f"generate_series(1, {rows}) n"
    if table == "conversations_message":
        numbers = f"(SELECT n, {SAID} AS said FROM {numbers}, (SELECT %(words)s::text[] AS words) w) n"  # noqa: S608
    shown = ", ".join(COPIED[table].get(name, f"t.{name}") for name in columns)
    return f"({', '.join(columns)}) SELECT {shown} FROM grown g, {table} t, {numbers} WHERE {source}"  # noqa: S608
