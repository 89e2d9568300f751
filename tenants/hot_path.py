"""The database from asynchronous code, without threads: a pool of plain connections per process.

Only for single statements that carry the tenant as their first argument (a call of one SQL function,
or a read that sets the tenant in its own transaction). Everything else goes through the ORM.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from psycopg import AsyncConnection, OperationalError
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from tenants.errors import Unavailable
from tenants.per_loop import PerLoop

_WAIT_SECONDS: Final = 5.0
_MAX_CONNECTIONS: Final = 4

Pool = AsyncConnectionPool[AsyncConnection[TupleRow]]
Rows = Sequence[Sequence[Any]]
Values = Sequence[Any]


def _connection_arguments() -> dict[str, Any]:
    database = settings.DATABASES["default"]
    given = {
        "host": database["HOST"],
        "port": database["PORT"],
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
    }
    options = {key: value for key, value in database.get("OPTIONS", {}).items() if key != "pool"}
    return {key: value for key, value in given.items() if value} | options


def _closed_pool() -> Pool:
    return AsyncConnectionPool(
        kwargs={**_connection_arguments(), "autocommit": True},
        min_size=1,
        max_size=_MAX_CONNECTIONS,
        timeout=_WAIT_SECONDS,
        open=False,
    )


_pools = PerLoop(_closed_pool)


async def pool() -> Pool:
    """Return the pool of the running loop, opened on first use."""
    made = _pools()
    if made.closed:
        await made.open()
    return made


async def fetch(statement: str, values: Values) -> list[TupleRow]:
    """Run one statement in its own transaction and return its rows.

    The statement must be safe to run twice: when the connection breaks, the answer of a commit may be what was lost,
    and it is run once more on another connection. (Asking each connection whether it lives, before it is used, would
    be a second round trip for every message.)

    Raises Unavailable when no connection is free within a few seconds, or the database is away; psycopg's errors
    otherwise.
    """
    try:
        return await _fetch_once(statement, values)
    except PoolTimeout as error:
        raise Unavailable(retry_after=2) from error
    except OperationalError:
        await (await pool()).check()
    try:
        return await _fetch_once(statement, values)
    except OperationalError as error:
        raise Unavailable(retry_after=2) from error


async def fetch_many(statement: str, calls: Sequence[Values], *, order_by: int) -> list[list[Sequence[Any]]]:
    """Run one statement for many calls in one transaction, and return the rows of each call.

    The statement takes an array for each argument, and returns the number of the call (from 1) before its columns.
    Calls run by their argument ``order_by``, so that two processes that lock the same rows wait and do not deadlock.
    Raises what ``fetch`` does.
    """
    order = sorted(range(len(calls)), key=lambda index: calls[index][order_by])
    columns = [list(column) for column in zip(*(calls[index] for index in order), strict=True)]
    answers: list[list[Sequence[Any]]] = [[] for _ in calls]
    for number, *row in await fetch(statement, columns):
        answers[order[number - 1]].append(row)
    return answers


async def _fetch_once(statement: str, values: Values) -> list[TupleRow]:
    async with (await pool()).connection() as connection:
        cursor = await connection.execute(statement, values)
        return await cursor.fetchall()


async def close() -> None:
    """Close the pool of the running loop."""
    if made := _pools.forget():
        await made.close()
