"""Group commit: calls run one by one while they are few, many in one transaction while they are many.

A commit waits for the disk; the calls that come meanwhile share the next one. Nothing waits for company:
a call that finds a free turn takes it alone. Queues (one for each tenant) take turns, so that one who sends
much delays itself and not the others.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, Final

from psycopg import DatabaseError

Rows = Sequence[Sequence[Any]]
Values = Sequence[Any]

# Turns at the same time: one that waits for the disk, one that is being filled.
TURNS: Final = 2
MOST: Final = 64

_Call = tuple[Values, asyncio.Future[Rows]]


class Gathering:
    """Runs ``one(values)`` or ``many([values, ...])``, which must answer in the same order. Of one event loop."""

    def __init__(
        self,
        *,
        one: Callable[[Values], Awaitable[Rows]],
        many: Callable[[Sequence[Values]], Awaitable[Sequence[Rows]]],
    ) -> None:
        self._one, self._many = one, many
        self._taken = 0
        self._waiting: OrderedDict[Hashable, deque[_Call]] = OrderedDict()
        self._turns: set[asyncio.Task[None]] = set()

    async def run(self, values: Values, *, queue: Hashable) -> Rows:
        """Return the rows of one call. Raises what it raises, whoever it shared a transaction with."""
        if self._taken < TURNS:
            self._taken += 1
            try:
                return await self._one(values)
            finally:
                self._pass_on()
        answer: asyncio.Future[Rows] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(queue, deque()).append((values, answer))
        return await answer

    def _pass_on(self) -> None:
        if not self._waiting:
            self._taken -= 1
            return
        turn = asyncio.create_task(self._run_together(self._next_calls()))
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)

    def _next_calls(self) -> list[_Call]:
        """Return the oldest call of each queue in turn, until all are taken or there are enough."""
        calls: list[_Call] = []
        while self._waiting and len(calls) < MOST:
            queue, own = self._waiting.popitem(last=False)
            calls.append(own.popleft())
            if own:
                self._waiting[queue] = own
        return calls

    async def _run_together(self, calls: Sequence[_Call]) -> None:
        try:
            await self._answer_all(calls)
        finally:
            self._pass_on()

    async def _answer_all(self, calls: Sequence[_Call]) -> None:
        try:
            answers = await self._many([values for values, _ in calls])
        except DatabaseError:
            await self._answer_each(calls)  # one of them is at fault: each by itself finds out which
        except Exception as error:  # noqa: BLE001 - it belongs to those who asked
            for _, future in calls:
                if not future.done():
                    future.set_exception(error)
        else:
            for (_, future), rows in zip(calls, answers, strict=True):
                if not future.done():  # else whoever asked has gone
                    future.set_result(rows)

    async def _answer_each(self, calls: Sequence[_Call]) -> None:
        for values, future in calls:
            try:
                rows = await self._one(values)
            except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
                if not future.done():
                    future.set_exception(error)
            else:
                if not future.done():
                    future.set_result(rows)
