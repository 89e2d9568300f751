"""Group commit: alone at once, together under load, and nobody pays for another's fault."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest
from psycopg import DatabaseError

from tenants.errors import Unavailable
from tenants.gathering import MOST, TURNS, Gathering
from tenants.hot_path import Rows, Values
from tenants.scoping import TenantId

ACME, GLOBEX = TenantId(UUID(int=1)), TenantId(UUID(int=2))


class Log:
    """A database that answers with what it was asked, and remembers in which company."""

    def __init__(self) -> None:
        self.runs: list[list[int]] = []
        self.open = asyncio.Event()
        self.is_away = False

    async def one(self, values: Values) -> Rows:
        self.runs.append([values[0]])
        await self.open.wait()
        if values[0] < 0:
            raise DatabaseError(str(values[0]))
        return [[values[0]]]

    async def many(self, calls: Sequence[Values]) -> Sequence[Rows]:
        self.runs.append([values[0] for values in calls])
        await self.open.wait()
        if self.is_away:
            raise Unavailable()
        if any(values[0] < 0 for values in calls):
            raise DatabaseError("one of them")
        return [[[values[0]]] for values in calls]


async def test_few_run_alone_and_those_that_come_meanwhile_share_the_next_turn() -> None:
    log = Log()
    gathering = Gathering(one=log.one, many=log.many)
    asked = [asyncio.create_task(gathering.run([number], queue=ACME)) for number in range(TURNS + 5)]
    await asyncio.sleep(0)
    assert log.runs == [[number] for number in range(TURNS)]
    log.open.set()
    assert await asyncio.gather(*asked) == [[[number]] for number in range(TURNS + 5)]
    assert log.runs[TURNS:] == [list(range(TURNS, TURNS + 5))]


async def test_a_turn_takes_no_more_than_its_share() -> None:
    log = Log()
    gathering = Gathering(one=log.one, many=log.many)
    asked = [asyncio.create_task(gathering.run([number], queue=ACME)) for number in range(TURNS + MOST + 1)]
    await asyncio.sleep(0)
    log.open.set()
    await asyncio.gather(*asked)
    assert [len(run) for run in log.runs] == [1] * TURNS + [MOST, 1]


async def test_a_fault_reaches_only_the_call_it_belongs_to() -> None:
    log = Log()
    gathering = Gathering(one=log.one, many=log.many)
    asked = [asyncio.create_task(gathering.run([number], queue=ACME)) for number in (0, 1, 2, -3, 4)]
    await asyncio.sleep(0)
    log.open.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [answer for answer in answers if not isinstance(answer, Exception)] == [[[0]], [[1]], [[2]], [[4]]]
    assert isinstance(answers[3], DatabaseError)


async def test_all_learn_at_once_that_the_database_is_away() -> None:
    log = Log()
    log.is_away = True
    gathering = Gathering(one=log.one, many=log.many)
    asked = [asyncio.create_task(gathering.run([number], queue=ACME)) for number in range(TURNS + 3)]
    await asyncio.sleep(0)
    log.open.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers[TURNS:]] == [Unavailable] * 3
    assert len(log.runs) == TURNS + 1


async def test_a_caller_who_goes_away_spoils_nothing() -> None:
    log = Log()
    gathering = Gathering(one=log.one, many=log.many)
    asked = [asyncio.create_task(gathering.run([number], queue=ACME)) for number in range(TURNS + 3)]
    await asyncio.sleep(0)
    asked[0].cancel()
    asked[TURNS].cancel()
    await asyncio.sleep(0)
    log.open.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers[TURNS + 2] == [[TURNS + 2]]
    with pytest.raises(asyncio.CancelledError):
        await asked[0]
    assert await gathering.run([99], queue=ACME) == [[99]]


@pytest.mark.parametrize("comes_first", ["who sends much", "who sends one"])
async def test_a_tenant_who_sends_much_delays_itself_and_not_the_others(comes_first: str) -> None:
    log = Log()
    gathering = Gathering(one=log.one, many=log.many)

    def much() -> list[asyncio.Task[Rows]]:
        return [asyncio.create_task(gathering.run([number], queue=ACME)) for number in range(3 * MOST)]

    asked = [asyncio.create_task(gathering.run([0], queue=ACME)) for _ in range(TURNS)]
    if comes_first == "who sends much":
        asked += much()
    asked.append(asyncio.create_task(gathering.run([1000], queue=GLOBEX)))
    if comes_first == "who sends one":
        asked += much()
    await asyncio.sleep(0)
    log.open.set()
    await asyncio.gather(*asked)
    assert [1000 in run for run in log.runs[TURNS:]] == [True, False, False, False]
