"""Group commit: calls run one by one while they are few, many in one transaction while they are many.

A commit waits for the disk; the calls that come meanwhile share the next one. Nothing waits for company:
a call that finds a free turn takes it alone. Queues (one for each tenant) take turns, so that one who sends
much delays itself and not the others.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Final, Generic, TypeVar

from psycopg import DatabaseError

Call = TypeVar("Call")
Answer = TypeVar("Answer")

# Turns at the same time: one that waits for the disk, one that is being filled.
TURNS: Final = 2
MOST: Final = 64

_Waiting = tuple[Call, asyncio.Future[Answer]]


class Gathering(Generic[Call, Answer]):
    """Runs ``one(call)`` or ``many([call, ...])``, which must answer in the same order. Of one event loop."""

    def __init__(
        self,
        *,
        one: Callable[[Call], Awaitable[Answer]],
        many: Callable[[Sequence[Call]], Awaitable[Sequence[Answer]]],
    ) -> None:
        self._one, self._many = one, many
        self._taken = 0
        self._waiting: OrderedDict[Hashable, deque[_Waiting[Call, Answer]]] = OrderedDict()
        self._turns: set[asyncio.Task[None]] = set()

    async def run(self, call: Call, *, queue: Hashable) -> Answer:
        """Return the answer of one call. Raises what it raises, whoever it shared a transaction with."""
        if self._taken < TURNS:
            self._taken += 1
            try:
                return await self._one(call)
            finally:
                self._pass_on()
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(queue, deque()).append((call, answer))
        return await answer

    def _pass_on(self) -> None:
        if not self._waiting:
            self._taken -= 1
            return
        turn = asyncio.create_task(self._run_together(self._next_calls()))
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)

    def _next_calls(self) -> list[_Waiting[Call, Answer]]:
        """Return the oldest call of each queue in turn, until all are taken or there are enough."""
        calls: list[_Waiting[Call, Answer]] = []
        while self._waiting and len(calls) < MOST:
            queue, own = self._waiting.popitem(last=False)
            calls.append(own.popleft())
            if own:
                self._waiting[queue] = own
        return calls

    async def _run_together(self, calls: Sequence[_Waiting[Call, Answer]]) -> None:
        try:
            await self._answer_all(calls)
        finally:
            self._pass_on()

    async def _answer_all(self, calls: Sequence[_Waiting[Call, Answer]]) -> None:
        try:
            answers = await self._many([call for call, _ in calls])
        except DatabaseError:
            await self._answer_each(calls)  # one of them is at fault: each by itself finds out which
        except Exception as error:  # noqa: BLE001 - it belongs to those who asked
            for _, future in calls:
                if not future.done():
                    future.set_exception(error)
        else:
            for (_, future), answer in zip(calls, answers, strict=True):
                if not future.done():  # else whoever asked has gone
                    future.set_result(answer)

    async def _answer_each(self, calls: Sequence[_Waiting[Call, Answer]]) -> None:
        for call, future in calls:
            try:
                answer = await self._one(call)
            except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
                if not future.done():
                    future.set_exception(error)
            else:
                if not future.done():
                    future.set_result(answer)
