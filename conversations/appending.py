"""The socket's way to ``append_message``: over the asynchronous pool, together with others when many write."""

from collections.abc import Sequence
from typing import Final

from conversations.append import STATEMENT
from tenants import hot_path
from tenants.gathering import Gathering
from tenants.hot_path import Rows, Values
from tenants.per_loop import PerLoop

# One column of arguments after the other. Arrays inside arrays must be of one length, so they go as text.
MANY: Final = """
    SELECT call.number, outcome, event_type, body::text, operators_position, contact_position
    FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::text[],
                %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])
        WITH ORDINALITY AS call (tenant, conversation, ids, client, kind, author_kind, author, name,
                                 text, direction, search, snippet, files, mentions, at, number),
    LATERAL append_message(tenant, conversation, ids::uuid[], client, kind, author_kind, author, name,
                           text, direction, search, snippet, files::uuid[], mentions::jsonb, at)
"""
CONVERSATION, FILES = 1, 12


async def append(values: Values) -> Rows:
    """Run STATEMENT with ``values`` (see ``append.arguments``) and return its rows, after the commit.

    Raises Unavailable when the database is away, psycopg's errors otherwise.
    """
    return await _gathering().run(values, queue=values[0])


async def _one(values: Values) -> Rows:
    return await hot_path.fetch(STATEMENT, values)


async def _many(calls: Sequence[Values]) -> Sequence[Rows]:
    flat = [
        [
            "{" + ",".join(map(str, value)) + "}" if place == FILES else value
            for place, value in enumerate(call)
        ]
        for call in calls
    ]
    return await hot_path.fetch_many(MANY, flat, order_by=CONVERSATION)


_gathering = PerLoop(lambda: Gathering(one=_one, many=_many))
