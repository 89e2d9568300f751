"""What a message costs: CPU beside the documented way, rate beside the textbook's chat."""

import statistics
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

import psycopg

from tests.bench.load import Journal, closed_loop
from tests.bench.report import Figure, ratio_of_pairs
from tests.bench.rig import PAIRS, ROUNDS, Rig
from tests.bench.stage import Process

P = TypeVar("P", bound=Journal)


async def cpu(rig: Rig) -> list[Figure]:
    """Server CPU of a durable message, one pair in a closed loop, beside an echo with one INSERT (B2)."""
    count = 500
    async with (
        talking(await rig.pairs(1)) as ours,
        talking([await rig.plain("/insert/")]) as stock,
        talking([await rig.plain("/echo/")]) as echo,
    ):
        mine, floors, echoes, rates = [], [], [], []
        await closed_loop(ours, each=100)
        await closed_loop(stock, each=100)
        for _ in range(ROUNDS):
            floors.append(await cost(rig.baselines, stock, each=count))
            spent = rig.product.cpu()
            rates.append(await closed_loop(ours, each=count))
            mine.append((rig.product.cpu() - spent) / count)
            echoes.append(await cost(rig.baselines, echo, each=count))
    return [
        ratio_of_pairs("message_cpu_vs_stock", tried=mine, floors=floors, goal="<= 1.0"),
        ratio_of_pairs("message_cpu_vs_echo", tried=mine, floors=echoes, goal="report"),
        Figure(name="message_cpu", value=statistics.median(mine) * 1e6, unit="us"),
        Figure(name="messages_one_pair", value=statistics.median(rates), unit="1/s"),
    ]


async def rate(rig: Rig) -> list[Figure]:
    """Durable messages a second at 50 pairs in one process, beside the textbook's chat."""
    async with talking(await rig.pairs(50)) as ours, talking(await rig.textbook(50)) as textbook:
        await closed_loop(ours, each=10)
        await closed_loop(textbook, each=2)
        mine, floors = [], []
        for _ in range(ROUNDS):
            floors.append(await closed_loop(textbook, each=10))
            mine.append(await closed_loop(ours, each=60))
    return [
        ratio_of_pairs("message_rate_vs_textbook", tried=mine, floors=floors, goal=">= 8"),
        Figure(name="messages_fifty_pairs", value=statistics.median(mine), unit="1/s"),
    ]


async def batching(rig: Rig) -> list[Figure]:
    """Durable messages a second with 64 senders beside one, and how many commits a message took then."""
    async with talking(await rig.pairs(PAIRS)) as many:
        with rig.stage.superuser() as database:
            one = many[:1]
            await closed_loop(many, each=5)
            mine, floors, commits = [], [], []
            for _ in range(ROUNDS):
                floors.append(await closed_loop(one, each=300))
                begun = transactions(database)
                mine.append(await closed_loop(many, each=40))
                commits.append((transactions(database) - begun) / (40 * PAIRS))
    return [
        ratio_of_pairs("batching_gain", tried=mine, floors=floors, goal=">= 4"),
        Figure(name="batching_commits_per_message", value=statistics.median(commits), unit="1"),
    ]


def transactions(database: psycopg.Connection) -> int:
    """Return how many writing transactions the server has begun so far, as their ids count them."""
    row = database.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
    assert row is not None
    return int(row[0])


async def cost(process: Process, pairs: Sequence[Journal], *, each: int) -> float:
    """Return the CPU seconds of ``process`` for one message."""
    spent = process.cpu()
    await closed_loop(pairs, each=each)
    return (process.cpu() - spent) / (each * len(pairs))


@asynccontextmanager
async def talking(pairs: Sequence[P]) -> AsyncIterator[Sequence[P]]:
    """Close the sockets of the pairs at the end of the block."""
    try:
        yield pairs
    finally:
        for pair in pairs:
            pair.close()
