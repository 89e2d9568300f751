"""What a socket costs while nobody says anything, and when two thousand come back at once."""

import asyncio
import signal
import statistics

import psycopg
import redis

from tests.bench.client import Client
from tests.bench.crowd import CROWD, enter_all, leave, open_raw
from tests.bench.report import Figure, ratio_of_pairs
from tests.bench.rig import ROUNDS, Rig
from tests.bench.stage import Process

WINDOW = 15.0  # seconds, five of them: three heartbeats of every socket


async def idle(rig: Rig) -> list[Figure]:
    """Memory and CPU of 2,000 visitors who only look, beside raw sockets; their SQL and their broker's commands."""
    rig.restart()
    mine: list[Client] = []
    raw: list[Client] = []
    try:
        memory = await weigh(rig, mine, raw)
        await asyncio.sleep(10)
        return [memory, *await watch(rig)]
    finally:
        await leave([*mine, *raw])
        rig.restart()


async def weigh(rig: Rig, mine: list[Client], raw: list[Client]) -> Figure:
    """Open the sockets in steps, in turn, and weigh after each; the first few are for what is made once."""
    step = CROWD // ROUNDS
    mine += (await enter_all(rig.product, rig.crowd, count=20))[0]
    raw += (await open_raw(rig.baselines, count=20))[0]
    await leave([*mine, *raw])
    mine.clear()
    raw.clear()
    weights, floors = [], []
    for number in range(ROUNDS):
        before = await tidied(rig.baselines), await tidied(rig.product)
        raw += (await open_raw(rig.baselines, count=step))[0]
        mine += (await enter_all(rig.product, rig.crowd, first=number * step, count=step, resumes=False))[0]
        await asyncio.sleep(2)
        floors.append((await tidied(rig.baselines) - before[0]) / step / 1024)
        weights.append((await tidied(rig.product) - before[1]) / step / 1024)
    return ratio_of_pairs("idle_socket_memory_vs_raw", tried=weights, floors=floors, goal="<= 1.5")


async def tidied(process: Process) -> int:
    """Return the memory of a process after its garbage was collected, in bytes."""
    process.process.send_signal(signal.SIGUSR1)
    await asyncio.sleep(0.5)
    return process.memory()


async def watch(rig: Rig) -> list[Figure]:
    """Return what the crowd that is in costs a second."""
    spent, floors = [], []
    with rig.stage.superuser() as database, redis.Redis.from_url(rig.stage.places.redis_url()) as broker:
        said, asked = statements(database), commands(broker)
        for _ in range(ROUNDS):
            before = rig.product.cpu(), rig.baselines.cpu()
            await asyncio.sleep(WINDOW)
            spent.append((rig.product.cpu() - before[0]) / WINDOW / CROWD * 1e6)
            floors.append((rig.baselines.cpu() - before[1]) / WINDOW / CROWD * 1e6)
        said, asked = statements(database) - said, commands(broker) - asked
    minutes = WINDOW * ROUNDS / 60
    return [
        Figure(
            name="idle_socket_cpu_us_per_s",
            value=statistics.mean(spent),
            unit="us/s",
            goal="<= 15",
            floor=statistics.mean(floors),
            spread=(min(spent), max(spent)),
        ),
        Figure(name="idle_socket_sql_per_minute", value=said / CROWD / minutes, unit="1/min", goal="<= 0"),
        Figure(name="idle_socket_broker_per_minute", value=asked / CROWD / minutes, unit="1/min"),
    ]


async def reconnect(rig: Rig) -> list[Figure]:
    """2,000 visitors connect and prove who they are, all at once, beside as many bare connects.

    The welcome carries the heads: who is up to date has resumed with it, and asks for nothing more.
    """
    rig.restart()
    crowd, mine, floors, failed, trips, lasted = rig.crowd, [], [], 0, [], []
    await leave((await enter_all(rig.product, crowd, count=50))[0])
    loop = asyncio.get_running_loop()
    with rig.stage.superuser() as database:
        for _ in range(ROUNDS):
            before = rig.baselines.cpu()
            raw, _ = await open_raw(rig.baselines)
            floors.append((rig.baselines.cpu() - before) / CROWD)
            await leave(raw)
            before, said, begun = rig.product.cpu(), statements(database), loop.time()
            clients, missing = await enter_all(rig.product, crowd, resumes=False)
            lasted.append(loop.time() - begun)
            mine.append((rig.product.cpu() - before) / CROWD)
            trips.append((statements(database) - said) / CROWD)
            failed += missing
            await leave(clients)
    return [
        ratio_of_pairs("reconnect_cpu_vs_connect", tried=mine, floors=floors, goal="<= 2.0"),
        Figure(name="reconnect_failures", value=failed, unit="1", goal="<= 0"),
        Figure(name="reconnect_sql_each", value=statistics.median(trips), unit="1", goal="<= 1"),
        Figure(name="reconnect_seconds", value=statistics.median(lasted), unit="s"),
    ]


def statements(database: psycopg.Connection) -> int:
    """Return how many statements the product's role has run, BEGIN and COMMIT included."""
    row = database.execute(
        "SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid"
        " WHERE r.rolname = 'parley_app' AND s.toplevel"
    ).fetchone()
    assert row is not None
    return int(row[0])


def commands(broker: redis.Redis) -> int:
    """Return how many commands the broker has run."""
    return int(broker.info("stats")["total_commands_processed"])
