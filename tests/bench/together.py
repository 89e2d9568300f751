"""What a second web process adds. The last probe: while a second process is there, the first must tell it all."""

import asyncio
import statistics
import time

from tests.bench.load import Pair, closed_loop
from tests.bench.messages import talking
from tests.bench.report import Figure
from tests.bench.rig import ROUNDS, Rig
from tests.bench.stage import Process

PAIRS = 50
EACH = 40


async def second(rig: Rig) -> list[Figure]:
    """Messages a second of 50 pairs over two processes, every visitor on the one and the operator on the other."""
    other = rig.stage.process("tests.bench.product:application")
    try:
        async with talking(await rig.pairs(PAIRS)) as alone, talking(await spread(rig, other)) as together:
            await closed_loop(alone, each=5)
            await closed_loop(together, each=5)
            ratios, cores = [], []
            for _ in range(ROUNDS):
                one = await closed_loop(alone, each=EACH)
                spent, begun = rig.product.cpu() + other.cpu(), time.monotonic()
                both = await closed_loop(together, each=EACH)
                cores.append((rig.product.cpu() + other.cpu() - spent) / (time.monotonic() - begun))
                ratios.append(both / one)
    finally:
        other.stop()
    return [
        Figure(
            name="second_process_gain",
            value=statistics.median(ratios),
            unit="x",
            spread=(min(ratios), max(ratios)),
        ),
        Figure(name="second_process_cores", value=statistics.median(cores), unit="cores"),
    ]


async def spread(rig: Rig, other: Process) -> list[Pair]:
    """Return pairs whose two sides are on different processes, half of the visitors on each."""
    homes = (rig.product, other)
    return await asyncio.gather(
        *(
            Pair.connect(scene, visitors=homes[number % 2], operators=homes[1 - number % 2])
            for number, scene in enumerate(rig.scenes[:PAIRS])
        )
    )
