"""What one more receiver of a message costs in its process, beside one send of the server itself."""

import asyncio
from collections.abc import Sequence

from tests.bench.client import Client
from tests.bench.load import WAIT, Pair, Plain, closed_loop
from tests.bench.messages import talking
from tests.bench.report import Figure, ratio_of_pairs
from tests.bench.rig import ROUNDS, Rig

COUNTS = (1, 50, 200)
MESSAGES = 60


class Audience:
    """Sockets that all hear the same; knows when all of them have heard everything."""

    def __init__(self) -> None:
        self.clients: list[Client] = []
        self.heard = self.wanted = self.greeted = 0
        self.sample = ""
        self._complete = asyncio.Event()

    def hear(self, text: str) -> None:
        if '"welcome"' in text[:24]:
            self.greeted += 1
            self._complete.set()
        elif '"message.created"' in text[:40]:
            self.sample = text
            self.heard += 1
        if self.heard >= self.wanted:
            self._complete.set()

    async def all_of(self, messages: int) -> None:
        self.wanted += messages * len(self.clients)
        self._complete.clear()
        async with asyncio.timeout(WAIT):
            while self.heard < self.wanted:
                await self._complete.wait()
                self._complete.clear()

    async def all_greeted(self) -> None:
        async with asyncio.timeout(WAIT):
            while self.greeted < len(self.clients):
                self._complete.clear()
                await self._complete.wait()

    def close(self) -> None:
        for client in self.clients:
            client.close()


async def receivers(rig: Rig) -> list[Figure]:
    """CPU of a message with 1, 50 and 200 more operator sockets: the slope, beside that of raw sends."""
    scene, ours, theirs = rig.scenes[0], Audience(), Audience()
    headers = {"Cookie": scene.operator_cookie, "Origin": rig.product.origin}
    mine: dict[int, list[float]] = {count: [] for count in COUNTS}
    raw: dict[int, list[float]] = {count: [] for count in COUNTS}
    plain = await Plain.connect(rig.baselines, path="/raw/fan/", room="", has_other=False)
    try:
        async with talking(await rig.pairs(1)) as pairs:
            await closed_loop(pairs, each=20)
            for count in COUNTS:
                while len(ours.clients) < count:
                    ours.clients.append(
                        await Client.connect(
                            port=rig.product.port, path="/ws/operator/", heard=ours.hear, headers=headers
                        )
                    )
                    theirs.clients.append(
                        await Client.connect(
                            port=rig.baselines.port, path="/raw/fan/?hears", heard=theirs.hear
                        )
                    )
                await ours.all_greeted()
                await say(ours, pairs[0], messages=2)
                for _ in range(ROUNDS):
                    spent = rig.baselines.cpu()
                    await say_raw(theirs, plain, ours.sample)
                    raw[count].append((rig.baselines.cpu() - spent) / MESSAGES)
                    spent = rig.product.cpu()
                    await say(ours, pairs[0], messages=MESSAGES)
                    mine[count].append((rig.product.cpu() - spent) / MESSAGES)
    finally:
        plain.close()
        ours.close()
        theirs.close()
    slopes = [slope([mine[count][number] for count in COUNTS]) * 1e6 for number in range(ROUNDS)]
    floors = [slope([raw[count][number] for count in COUNTS]) * 1e6 for number in range(ROUNDS)]
    return [ratio_of_pairs("extra_receiver_vs_raw_send", tried=slopes, floors=floors, goal="<= 1.5")]


async def say(audience: Audience, pair: Pair, *, messages: int) -> None:
    """Let the visitor say so many, the next when everybody has heard the last."""
    for _ in range(messages):
        pair.restart()
        pair.send()
        await asyncio.gather(pair.until(1), audience.all_of(1))


async def say_raw(audience: Audience, plain: Plain, text: str) -> None:
    """Let the server send a text of the same length to everybody, as often."""
    for _ in range(MESSAGES):
        plain.sockets[0].send_text(text)
        await audience.all_of(1)


def slope(costs: Sequence[float]) -> float:
    """Return the least squares slope of costs at COUNTS."""
    middle, level = sum(COUNTS) / len(COUNTS), sum(costs) / len(costs)
    over = sum((count - middle) * (cost - level) for count, cost in zip(COUNTS, costs, strict=True))
    return over / sum((count - middle) ** 2 for count in COUNTS)
