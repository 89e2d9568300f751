"""What the inbox's list and the search cost as a business, or the whole installation, grows."""

import json
import os
import subprocess
import sys
from types import TracebackType
from typing import Any, Self

from config.local.places import ROOT
from config.local.postgres import SUPERUSER
from tests.bench.grown import QUERIES, grow
from tests.bench.report import Figure, ratio_of_pairs
from tests.bench.rig import ROUNDS, Rig
from tests.bench.stage import LARGE, SMALL

FIXED = 10_000  # conversations of a business that does not grow, while the others do
FEW, MANY = 90_000, int(os.environ.get("BENCH_MANY", "1000000"))
TIMES = 20
DEEP = 2_000  # the page


class Asker:
    """A process that asks one database as one role."""

    def __init__(self, rig: Rig, *, database: str, role: str = "parley_app") -> None:
        url = rig.stage.places.database_url(role=role, database=database)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.asker"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()

    def ask(self, question: str, **about: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"ask": question, **about}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


async def growth(rig: Rig) -> list[Figure]:
    """The list at 10,000 and at 1,000,000 conversations, page 2,000; search among 100,000 and 1,000,000 messages."""
    with (
        Asker(rig, database=SMALL) as few,
        Asker(rig, database=LARGE) as many,
        Asker(rig, database=LARGE, role=SUPERUSER) as unbound,
    ):
        fixed = {
            asker: seeded(rig, asker, database, "Fixed", FIXED) for asker, database in databases(few, many)
        }
        seeded(rig, few, SMALL, "Growing", FEW)
        grown = seeded(rig, many, LARGE, "Growing", MANY)
        return [*lists(many, fixed[many], grown), *searches(few, many, unbound, fixed)]


def databases(few: Asker, many: Asker) -> tuple[tuple[Asker, str], ...]:
    return (few, SMALL), (many, LARGE)


def seeded(rig: Rig, asker: Asker, database: str, name: str, count: int) -> str:
    """Make a tenant with so many conversations; return its id."""
    made = asker.ask("make", name=name)
    with rig.stage.superuser(database) as connection:
        grow(connection, conversation_id=made["conversation"], count=count)
    return str(made["tenant"])


def lists(asker: Asker, fixed: str, grown: str) -> list[Figure]:
    """Ask both tenants of one database in turn."""
    deep = asker.ask("cursor", tenant=grown, page=DEEP)
    small, large, behind = [], [], []
    for _ in range(ROUNDS + 1):
        small.append(asker.ask("list", tenant=fixed, cursor=None, times=TIMES))
        large.append(asker.ask("list", tenant=grown, cursor=None, times=TIMES))
        behind.append(asker.ask("list", tenant=grown, cursor=deep, times=TIMES))
    return [
        ratio_of_pairs("inbox_list_growth", tried=large[1:], floors=small[1:], goal="<= 1.5"),
        ratio_of_pairs("inbox_list_page_2000_vs_1", tried=behind[1:], floors=large[1:], goal="<= 1.2"),
    ]


def searches(few: Asker, many: Asker, unbound: Asker, fixed: dict[Asker, str]) -> list[Figure]:
    """Ask for the same business in a small and in a large installation, and with row-level security off."""
    small, large, free = [], [], []
    for _ in range(ROUNDS + 1):
        small.append(few.ask("search", tenant=fixed[few], queries=QUERIES, times=TIMES))
        large.append(many.ask("search", tenant=fixed[many], queries=QUERIES, times=TIMES))
        free.append(unbound.ask("search", tenant=fixed[many], queries=QUERIES, times=TIMES))
    return [
        ratio_of_pairs("search_growth", tried=large[1:], floors=small[1:], goal="<= 2"),
        ratio_of_pairs("search_rls_cost", tried=large[1:], floors=free[1:], goal="<= 1.3"),
        Figure(name="search_ms", value=sorted(large[1:])[ROUNDS // 2] / len(QUERIES) * 1000, unit="ms"),
    ]
