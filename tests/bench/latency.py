"""How long a message takes from one socket to the other, beside its statement and one PUBLISH; who disturbs whom."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from typing import Self

from tests.bench.load import Journal, closed_loop
from tests.bench.messages import talking
from tests.bench.pacing import open_loop, percentile
from tests.bench.report import Figure, ratio_of_pairs
from tests.bench.rig import PAIRS, ROUNDS, Rig

SECONDS = 10.0
NOISY_SECONDS = 6.0
TENANTS = 20


async def latency(rig: Rig) -> list[Figure]:
    """Sender's socket to the other party's at half of saturation, 50 tenants; the floors sampled beside it."""
    names = {"p50": 0.50, "p99": 0.99}
    mine: dict[str, list[float]] = {name: [] for name in names}
    floors: dict[str, list[float]] = {name: [] for name in names}
    async with talking(await rig.pairs(50)) as pairs:
        rate = await saturation(pairs) / 2
        for _ in range(ROUNDS):
            sampler = await Sampler.start(rig, SECONDS)
            taken, floor = await asyncio.gather(
                open_loop(pairs, rate=rate, count=round(rate * SECONDS)), sampler.sample()
            )
            for name, share in names.items():
                mine[name].append(percentile(taken, share))
                floors[name].append(percentile(floor["C"], share) + percentile(floor["R"], share))
    return [
        *(
            ratio_of_pairs(
                f"send_to_seen_{name}_vs_floor", tried=mine[name], floors=floors[name], goal="<= 2.0"
            )
            for name in names
        ),
        *(
            Figure(name=f"send_to_seen_{name}", value=sorted(mine[name])[ROUNDS // 2] * 1000, unit="ms")
            for name in names
        ),
        Figure(name="send_to_seen_rate", value=rate, unit="1/s"),
    ]


async def noisy(rig: Rig) -> list[Figure]:
    """The others' p99 at half of saturation while one of 20 tenants sends ten times its share, beside quiet."""
    async with talking(await rig.pairs(TENANTS)) as pairs:
        rate = await saturation(pairs) / 2
        share = rate / TENANTS
        loud, others = pairs[:1], pairs[1:]
        mine, floors = [], []
        for _ in range(ROUNDS):
            floors.append(await others_p99(loud, others, share=share, times=1))
            mine.append(await others_p99(loud, others, share=share, times=10))
    return [ratio_of_pairs("noisy_tenant_p99", tried=mine, floors=floors, goal="<= 1.3")]


async def others_p99(
    loud: Sequence[Journal], others: Sequence[Journal], *, share: float, times: int
) -> float:
    """Return the p99 of the others, each at its share, while the loud one sends ``times`` its own."""
    taken, _ = await asyncio.gather(
        open_loop(others, rate=share * len(others), count=round(share * len(others) * NOISY_SECONDS)),
        open_loop(loud, rate=share * times, count=round(share * times * NOISY_SECONDS)),
    )
    return percentile(taken, 0.99)


async def saturation(pairs: Sequence[Journal]) -> float:
    """Return how many messages a second the pairs reach in a closed loop."""
    await closed_loop(pairs, each=10)
    return await closed_loop(pairs, each=40)


class Sampler:
    """Samples C and R in a process of its own, in a conversation that nobody else writes to."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, rig: Rig, seconds: float) -> Self:
        """Return one that has loaded all it needs: what that costs is no part of what is measured."""
        scene = rig.scenes[PAIRS - 1]
        words = [str(seconds), str(scene.conversation_id), str(scene.tenant_id), str(scene.contact_id)]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.floors", *words, stdin=PIPE, stdout=PIPE
        )
        assert process.stdout is not None
        await process.stdout.readline()
        return cls(process)

    async def sample(self) -> dict[str, list[float]]:
        output, _ = await self._process.communicate(b"go\n")
        taken: dict[str, list[float]] = json.loads(output)
        return taken
