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

# Which columns of the copies differ from the row that is copied; ``g`` is a row of NUMBERS.
COPIED: Final = {
    "conversations_contact": {"id": "g.contact", "name": "'Contact ' || n", "search_text": "'contact ' || n"},
    "conversations_conversation": {
        "id": "g.conversation",
        "client_id": "uuidv7()",
        "contact_id": "g.owner",
        "status": "CASE WHEN n %% 2 = 0 THEN 'open' ELSE 'resolved' END",
        "waiting_since": "NULL::timestamptz",
        "last_activity_at": "now() - n * interval '7 seconds'",
        "created_at": "now() - n * interval '7 seconds'",
    },
    "conversations_message": {
        "id": "uuidv7()",
        "client_id": "uuidv7()",
        "conversation_id": "g.conversation",
        "text": "g.said",
        "search_text": "g.said",
        "created_at": "now() - n * interval '7 seconds'",
    },
}
# Which row is copied, and for which numbers: ten conversations a contact.
FROM: Final = {
    "conversations_contact": "t.id = f.contact_id AND n <= %(count)s / 10",
    "conversations_conversation": "t.id = f.id",
    "conversations_message": "t.conversation_id = f.id AND t.kind = 'reply'",
}
NUMBERS: Final = """
CREATE TEMP TABLE numbers ON COMMIT DROP AS
WITH made AS MATERIALIZED (
    SELECT n, uuidv7() AS contact, uuidv7() AS conversation FROM generate_series(1, %(count)s) n
)
SELECT made.*, owner.contact AS owner, (
    SELECT string_agg((%(words)s::text[])[1 + (hashint8(made.n * 31 + k) & 2147483647) %% 500], ' ')
    FROM generate_series(1, 10) k
) || ' order' || lpad((made.n %% 1000)::text, 5, '0') AS said
FROM made JOIN made owner ON owner.n = 1 + made.n %% (%(count)s / 10)
"""


def grow(database: psycopg.Connection, *, conversation_id: str, count: int) -> None:
    """Write ``count`` conversations with one message each beside the one given, and a tenth as many contacts."""
    index = "messages_search"
    row = database.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index]).fetchone()
    assert row is not None
    values = {"id": conversation_id, "count": count, "words": WORDS}
    with database.transaction():
        database.execute("SET LOCAL maintenance_work_mem = '512MB'")
        database.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
        database.execute(NUMBERS, values)
        for table, where in FROM.items():
            columns = columns_of(database, table)
            shown = ", ".join(COPIED[table].get(name, f"t.{name}") for name in columns)
            database.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {shown} FROM numbers g, {table} t,"  # noqa: S608
                f" (SELECT * FROM conversations_conversation WHERE id = %(id)s) f WHERE {where}",
                values,
            )
        database.execute("SET CONSTRAINTS ALL IMMEDIATE")
        database.execute(row[0].encode())
    database.execute("VACUUM (ANALYZE)")


def columns_of(database: psycopg.Connection, table: str) -> list[str]:
    """Return the columns of a table that a copy writes; those the database computes are left to it."""
    found = database.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
        " ORDER BY ordinal_position",
        [table],
    ).fetchall()
    return [name for (name,) in found]
