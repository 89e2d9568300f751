"""What a message costs: CPU beside the documented way, rate beside the textbook's chat."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tests.bench.load import Journal, Pair, Plain, closed_loop
from tests.bench.report import Figure, ratio_of_pairs
from tests.bench.scene import PairScene
from tests.bench.stage import Process

PAIRS = 50
ROUNDS = 5


class Messages:
    """The probes share two processes: the product's and the baselines'."""

    def __init__(self, *, product: Process, baselines: Process, scenes: Sequence[PairScene]) -> None:
        self.product, self.baselines, self.scenes = product, baselines, scenes

    async def cpu(self) -> list[Figure]:
        """Server CPU of a durable message, one pair in a closed loop, beside an echo with one INSERT (B2)."""
        count = 500
        async with (
            talking([await self._pair(0)]) as ours,
            talking([await self._plain("/insert/", 0)]) as stock,
            talking([await self._plain("/echo/", 0)]) as echo,
        ):
            mine, floors, echoes, rates = [], [], [], []
            await closed_loop(ours, each=100)
            await closed_loop(stock, each=100)
            for _ in range(ROUNDS):
                floors.append(await cost(self.baselines, stock, each=count))
                spent = self.product.cpu()
                rates.append(await closed_loop(ours, each=count))
                mine.append((self.product.cpu() - spent) / count)
                echoes.append(await cost(self.baselines, echo, each=count))
        return [
            ratio_of_pairs("message_cpu_vs_stock", tried=mine, floors=floors, goal="<= 1.0"),
            ratio_of_pairs("message_cpu_vs_echo", tried=mine, floors=echoes, goal="report"),
            Figure(name="message_cpu", value=sorted(mine)[ROUNDS // 2] * 1e6, unit="us"),
            Figure(name="messages_one_pair", value=sorted(rates)[ROUNDS // 2], unit="1/s"),
        ]

    async def rate(self) -> list[Figure]:
        """Durable messages a second at 50 pairs in one process, beside the textbook's chat."""
        async with (
            talking(await asyncio.gather(*(self._pair(number) for number in range(PAIRS)))) as ours,
            talking(await asyncio.gather(*(self._textbook(number) for number in range(PAIRS)))) as textbook,
        ):
            await closed_loop(ours, each=10)
            await closed_loop(textbook, each=2)
            mine, floors = [], []
            for _ in range(ROUNDS):
                floors.append(await closed_loop(textbook, each=10))
                mine.append(await closed_loop(ours, each=60))
        return [
            ratio_of_pairs("message_rate_vs_textbook", tried=mine, floors=floors, goal=">= 8"),
            Figure(name="messages_fifty_pairs", value=sorted(mine)[ROUNDS // 2], unit="1/s"),
        ]

    async def _pair(self, number: int) -> Pair:
        return await Pair.connect(self.scenes[number], visitors=self.product)

    async def _plain(self, path: str, number: int) -> Plain:
        return await Plain.connect(self.baselines, path=path, room=str(self.scenes[number].conversation_id))

    async def _textbook(self, number: int) -> Plain:
        room = str(self.scenes[number].conversation_id)
        return await Plain.connect(self.baselines, path=f"/textbook/{room}/", room=room, has_other=True)


async def cost(process: Process, pairs: Sequence[Journal], *, each: int) -> float:
    """Return the CPU seconds of ``process`` for one message."""
    spent = process.cpu()
    await closed_loop(pairs, each=each)
    return (process.cpu() - spent) / (each * len(pairs))


@asynccontextmanager
async def talking(pairs: Sequence[Journal]) -> AsyncIterator[Sequence[Journal]]:
    """Close the sockets of the pairs at the end of the block."""
    try:
        yield pairs
    finally:
        for pair in pairs:
            pair.close()
