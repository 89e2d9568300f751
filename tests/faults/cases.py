"""What is broken in each case. A case lasts as long as the talk, and mends what it broke."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.faults.proxy import Link, Proxy
from tests.faults.run import Run, pause

Case = Callable[[Run], Awaitable[None]]


async def web_killed(run: Run) -> None:
    """Kill -9 of a web process every 10 s, one after the other; it is started again at once."""
    number = 0
    async for _ in _every(run, 10):
        run.stage.webs[number].kill()
        await run.start_web(number)
        number = (number + 1) % len(run.stage.webs)


async def worker_killed(run: Run) -> None:
    """Kill -9 of the worker every 10 s, with a mail on the wire: once at least, else nothing was tried."""
    run.notes["killed_in_mid_mail"] = 0
    async for _ in _every(run, 10):
        run.post.is_holding.clear()
        run.post.hold_next = True
        with suppress(TimeoutError):
            async with asyncio.timeout(9 if run.notes["killed_in_mid_mail"] else run.scale.patience):
                while not run.post.is_holding.is_set():  # noqa: ASYNC110  a thread sets it
                    await asyncio.sleep(0.02)
        run.notes["killed_in_mid_mail"] += run.post.is_holding.is_set()
        run.post.hold_next = False
        await run.restart(run.stage.worker)
    assert run.notes["killed_in_mid_mail"], "the worker was never in the middle of a mail"


async def broker_emptied(run: Run) -> None:
    """Kill -9 of the broker, restarted empty a second later, twice; sockets stay open."""
    async for _ in _every(run, run.scale.seconds / 2.5, first=run.scale.seconds / 5):
        await run.do(run.stage.kill_broker)
        await asyncio.sleep(1)
        await run.do(run.stage.broker.start)


async def broker_stopped(run: Run) -> None:
    """No broker for as long as the talk lasts, up to a minute."""
    await run.do(run.stage.kill_broker)
    await asyncio.sleep(min(60.0, run.scale.seconds))
    await run.do(run.stage.broker.start)


async def broker_hung(run: Run) -> None:
    """A broker that takes connections and answers nothing for 30 s."""
    resume = pause(run.stage.broker.process)
    await asyncio.sleep(min(30.0, run.scale.seconds / 2))
    resume()


async def postgres_killed(run: Run) -> None:
    """Kill -9 of PostgreSQL and all its sessions under load, and a start two seconds later, twice."""
    postgres = run.stage.postgres
    assert postgres is not None
    async for _ in _every(run, run.scale.seconds / 2.5, first=run.scale.seconds / 5):
        await run.do(run.stage.kill_postgres)
        await asyncio.sleep(2)
        await run.do(postgres.start)


async def reply_lost(run: Run) -> None:
    """Statements reach PostgreSQL and are committed; the answers of some, and their connections, are lost."""
    async with _database_proxy(run) as proxy:
        async for _ in _every(run, 0.5):
            for link in proxy.some(0.3):
                link.to_client.swallows = True
                run.notes["replies_lost"] = run.notes.get("replies_lost", 0) + 1


async def link_cut(run: Run) -> None:
    """Ten clients' links a second are cut at a random byte, in either direction."""
    async for _ in _every(run, 0.1):
        for link in run.front.some(1 / max(1, len(run.front.links))):
            run.chance.choice(link.ways).cut_after = run.chance.randrange(1, 2000)


async def link_half_open(run: Run) -> None:
    """A tenth of the links goes silent every 15 s, and neither side is told."""
    async for _ in _every(run, 15):
        for link in run.front.some(0.1):
            link.leave_half_open()


async def link_slow(run: Run) -> None:
    """Links of 10 kB/s with 0.5 s of delay, of which some stall for 3 s."""

    def slow(link: Link) -> None:
        for way in link.ways:
            way.delay, way.rate = 0.5, 10_000.0

    run.front.on_link = slow
    for link in run.front.links:
        slow(link)
    async for _ in _every(run, 5):
        stalled = [run.chance.choice(link.ways) for link in run.front.some(0.1)]
        for way in stalled:
            way.is_free.clear()
        await asyncio.sleep(3)
        for way in stalled:
            way.is_free.set()
    run.front.on_link = lambda link: None
    for link in run.front.links:
        for way in link.ways:
            way.delay = way.rate = 0.0


async def all_cut(run: Run) -> None:
    """All sockets are cut at once, every 20 s."""
    async for _ in _every(run, 20):
        run.front.cut_all()


async def rolling_restart(run: Run) -> None:
    """The web processes are restarted in turn, as a deploy does, every 20 s."""
    number = 0
    async for _ in _every(run, 20):
        await asyncio.to_thread(run.stage.webs[number].stop)
        await run.start_web(number)
        number = (number + 1) % len(run.stage.webs)


async def clocks_apart(run: Run) -> None:
    """One web process lives an hour ahead of the other and of the database."""
    web = run.stage.webs[-1]
    command = web.command
    web.command = [command[0], "-m", "tests.faults.another_clock", "3600", *command[2:]]
    try:
        web.kill()
        await run.start_web(len(run.stage.webs) - 1)
        await asyncio.sleep(run.scale.seconds - 5)
    finally:
        web.command = command
        web.kill()
        await run.start_web(len(run.stage.webs) - 1)


async def readers_slow(run: Run) -> None:
    """A third of the people read nothing for as long as the talk lasts, which is of 9 KB a message."""
    run.text_length = 9_000
    before = [web.memory() for web in run.stage.webs]
    for link in run.front.some(0.3):
        link.to_client.is_free.clear()
    await asyncio.sleep(run.scale.seconds - 3)
    grown = [web.memory() - was for web, was in zip(run.stage.webs, before, strict=True)]
    run.notes["memory_growth_mb"] = round(max(grown) / 1e6, 1)
    for link in run.front.links:
        link.to_client.is_free.set()


async def everything_killed(run: Run) -> None:
    """Kill -9 of everything, as a power cut does, and a start in random order."""
    stage, postgres = run.stage, run.stage.postgres
    assert postgres is not None
    await asyncio.sleep(run.scale.seconds / 3)
    for process in (*stage.webs, stage.worker, stage.beat):
        process.kill()
    await run.do(stage.kill_postgres)
    await run.do(stage.kill_broker)
    starts: list[Callable[[], Awaitable[None]]] = [
        lambda: run.do(postgres.start),
        lambda: run.do(stage.broker.start),
        lambda: run.restart(stage.worker),
        lambda: run.restart(stage.beat),
        *(lambda web=web: run.restart(web) for web in stage.webs),
    ]
    run.chance.shuffle(starts)
    for start in starts:
        await start()
        await asyncio.sleep(run.chance.uniform(0, 2))


CASES: dict[str, Case] = {
    case.__name__: case
    for case in (
        web_killed,
        worker_killed,
        broker_emptied,
        broker_stopped,
        broker_hung,
        postgres_killed,
        reply_lost,
        link_cut,
        link_half_open,
        link_slow,
        all_cut,
        rolling_restart,
        clocks_apart,
        readers_slow,
        everything_killed,
    )
}


async def _every(run: Run, seconds: float, *, first: float = 0.0) -> AsyncIterator[None]:
    """Come back every so many seconds, until three seconds before the talk ends."""
    loop = asyncio.get_running_loop()
    end = loop.time() + run.scale.seconds - 3
    await asyncio.sleep(first)
    while loop.time() < end:
        begun = loop.time()
        yield
        await asyncio.sleep(max(0.0, min(begun + seconds, end) - loop.time()))


@asynccontextmanager
async def _database_proxy(run: Run) -> AsyncIterator[Proxy]:
    """Have the web processes talk to PostgreSQL through a proxy until the end of the block."""
    places = run.stage.places
    folder = Path(run.stage.home) / "proxy"
    folder.mkdir(exist_ok=True)
    proxy = Proxy([places.sockets / ".s.PGSQL.5432"], seed=run.seed)
    await proxy.start(folder / ".s.PGSQL.5432")
    try:
        await _move_webs(run, f"postgresql://parley_app@/parley?host={folder}")
        yield proxy
    finally:
        await _move_webs(run, None)
        await proxy.stop()


async def _move_webs(run: Run, database: str | None) -> None:
    for number, web in enumerate(run.stage.webs):
        web.environment.pop("DATABASE_URL", None)
        if database:
            web.environment["DATABASE_URL"] = database
        web.kill()
        await run.start_web(number)
