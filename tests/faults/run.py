"""One run: people come, talk for a while, things break, all is mended, and the journals are compared with the rows.

Import only after Django is set up.
"""

import asyncio
import json
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.bench.client import Client
from tests.faults import acts
from tests.faults.asking import ask
from tests.faults.journal import Journal, check, count
from tests.faults.person import Person
from tests.faults.polls import PollClient
from tests.faults.proxy import Proxy
from tests.faults.rows import Rows
from tests.faults.scene import House, Scale
from tests.faults.stage import Running, Stage, answers
from tests.faults.state import Finding, Kept
from tests.mail_server import MailServer

VISITORS_SHARE = 0.7  # of what is said
# A server ends with the thread that started it, so one thread starts them all, and lives as long as this process.
HANDS = ThreadPoolExecutor(1)
LEAVE_SECONDS = 10.0  # those who have not left by then are left behind
ACTS_SHARE = 0.1  # reading, assigning, resolving and reopening, for each thing that is said
LOOKS_A_SECOND = 4.0  # requests for a page of messages, beside the sockets


@dataclass(kw_only=True)
class Outcome:
    """What one run has shown."""

    seed: int
    messages: int
    recovered: float
    away: list[float]
    findings: list[Finding]
    follow_ups_lost: int
    follow_ups_doubled: int
    notes: dict[str, float] = field(default_factory=dict)

    @property
    def faults(self) -> dict[str, int]:
        mails = {"follow_ups_lost": self.follow_ups_lost, "follow_ups_doubled": self.follow_ups_doubled}
        return count(self.findings) | mails

    def as_json(self) -> dict[str, Any]:
        return {
            **self.faults,
            "recovered_s": round(self.recovered, 1),
            "reconnected_p95_s": round(percentile(self.away, 95), 1),
            "reconnected_p99_s": round(percentile(self.away, 99), 1),
            "reconnects": len(self.away),
            "messages": self.messages,
            "seed": self.seed,
            **self.notes,
        }


def percentile(values: Sequence[float], hundredth: int) -> float:
    """Return the value that ``hundredth`` percent do not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * hundredth // 100)] if ordered else 0.0


class Run:
    """What a case may break, and the load that goes on meanwhile."""

    def __init__(
        self,
        *,
        stage: Stage,
        post: MailServer,
        houses: Sequence[House],
        scale: Scale,
        seed: int,
        database: str,
    ) -> None:
        self.stage, self.post, self.houses, self.scale, self.seed = stage, post, houses, scale, seed
        self.chance = random.Random(seed)
        self.rows = Rows(database, houses)
        self.front = Proxy(stage.ports, seed=seed)
        self.people: list[Person] = []
        self.notes: dict[str, float] = {}
        self.text_length = 0  # of messages, at least
        self.http_errors = Journal(name="requests", tenant="", audience="contact")
        self._said = 0

    # --- What cases use

    async def do(self, work: Callable[[], Any]) -> None:
        """Do something that blocks."""
        await asyncio.get_running_loop().run_in_executor(HANDS, work)

    async def start_web(self, number: int) -> None:
        """Start a web process; returns when it answers."""
        self.stage.webs[number].start()
        while not await asyncio.to_thread(answers, self.stage.ports[number]):  # noqa: ASYNC110  a process
            await asyncio.sleep(0.1)

    async def restart(self, process: Running) -> None:
        process.kill()
        process.start()

    # --- The run

    async def go(self, case: Callable[["Run"], Awaitable[None]]) -> Outcome:
        """Let ``case`` break things while people talk; return what was found when all is quiet again."""
        await self.front.start()
        self._invite()
        living = [asyncio.create_task(person.live()) for person in self.people]
        try:
            await self._until(lambda: all(person.is_online for person in self.people))
            before = [len(person.journal.away) for person in self.people]
            async with asyncio.TaskGroup() as group:
                group.create_task(self._talk())
                group.create_task(self._act())
                group.create_task(self._look())
                group.create_task(self._break(case))
            recovered = await self._settle()
            lost, doubled = await self._mails()
        finally:
            for task in living:
                task.cancel()
            await asyncio.wait(living, timeout=LEAVE_SECONDS)
            await self.front.stop()
        journals = [person.journal for person in self.people]
        for person in self.people:
            person.journal.shown = {one: person.screen.shown(one) for one in person.threads}
        stored = await asyncio.to_thread(self.rows.messages)
        kept = await asyncio.to_thread(self.rows.conversations)
        closes = sum((journal.closes for journal in journals), Counter[int]())
        return Outcome(
            seed=self.seed,
            messages=self._said,
            recovered=recovered,
            away=[
                away for journal, skip in zip(journals, before, strict=True) for away in journal.away[skip:]
            ],
            findings=check(journals=[*journals, self.http_errors], stored=stored, kept=kept),
            follow_ups_lost=lost,
            follow_ups_doubled=doubled,
            notes=self.notes | {f"closed_{code}": float(times) for code, times in sorted(closes.items())},
        )

    async def _break(self, case: Callable[["Run"], Awaitable[None]]) -> None:
        await asyncio.sleep(1)
        await case(self)

    def _invite(self) -> None:
        for house in self.houses:
            operators = [self._operator(house, at, cookie) for at, cookie in enumerate(house.cookies)]
            for at, talk in enumerate(house.talks):
                operators[talk.operator].follow(talk.id, talk.operators_position)
                operators[talk.operator].screen.put(talk.row)
                journal = Journal(
                    name=f"{house.name} visitor {at}", tenant=str(house.tenant_id), audience="contact"
                )
                visitor = Person(
                    journal=journal,
                    door=lambda: self.front.port,
                    path="/ws/contact/",
                    hello={"type": "hello", "token": talk.visitor_token},
                    chance=random.Random(self.chance.random()),
                    kind=kind_of(at),
                )
                visitor.follow(talk.id, talk.contact_position)
                self.people.append(visitor)
            self.people += operators

    def _operator(self, house: House, at: int, cookie: str) -> Person:
        return Person(
            journal=Journal(
                name=f"{house.name} operator {at}", tenant=str(house.tenant_id), audience="operators"
            ),
            door=lambda: self.front.port,
            path="/ws/operator/",
            headers={"Cookie": cookie, "Origin": self.stage.origin},
            chance=random.Random(self.chance.random()),
            relist=acts.relist,
            kind=kind_of(at),
        )

    # --- The load

    async def _talk(self) -> None:
        visitors = [person for person in self.people if person.journal.audience == "contact"]
        operators = [person for person in self.people if person.journal.audience == "operators"]
        begun = asyncio.get_running_loop().time()
        while (gone := asyncio.get_running_loop().time() - begun) < self.scale.seconds:
            while self._said < gone * self.scale.rate:
                who = visitors if self.chance.random() < VISITORS_SHARE else operators
                person = self.chance.choice(who)
                self._said += 1
                text = f"{person.journal.name} says {self._said}".ljust(self.text_length, ".")
                person.say(self.chance.choice(list(person.threads)), text)
            await asyncio.sleep(0.02)

    async def _look(self) -> None:
        """Ask for messages over HTTP too: whatever is broken, an answer says when to try again."""
        talks = [talk for house in self.houses for talk in house.talks]
        async with asyncio.TaskGroup() as group:
            for _ in range(int(self.scale.seconds * LOOKS_A_SECOND)):
                talk = self.chance.choice(talks)
                path = f"/widget/conversations/{talk.id}/messages?limit=5"
                group.create_task(self._request(path, talk.visitor_token))
                await asyncio.sleep(1 / LOOKS_A_SECOND)

    async def _request(self, path: str, token: str) -> None:
        with suppress(OSError, TimeoutError):
            headers = {"Authorization": f"Bearer {token}"}
            answer = await ask(port=self.front.port, method="GET", path=path, headers=headers)
            if answer.is_bare:
                self.http_errors.bare_errors.append(f"{answer.status} {answer.body[:200]!r}")

    async def _act(self) -> None:
        """Have people read, and operators assign, resolve and reopen, in proportion to what is said."""
        pause = 1 / (self.scale.rate * ACTS_SHARE)
        async with asyncio.TaskGroup() as group:
            for _ in range(int(self.scale.seconds / pause)):
                await asyncio.sleep(pause)
                person = self.chance.choice(self.people)
                conversation = self.chance.choice(list(person.threads))
                [kind] = self.chance.choices(["read", "assign", "resolve", "reopen"], [4, 3, 2, 1])
                if kind == "read" or person.journal.audience == "contact":
                    person.read(conversation)
                elif kind == "assign":
                    [house] = [one for one in self.houses if str(one.tenant_id) == person.journal.tenant]
                    operator = self.chance.choice([*house.operators, None])
                    group.create_task(acts.assign(person, conversation, operator))
                elif kind == "resolve":
                    group.create_task(acts.resolve(person, conversation))
                else:
                    group.create_task(acts.reopen(person, conversation))

    # --- Afterwards

    async def _settle(self) -> float:
        """Return how many seconds it took until everybody was back and had sent and seen everything."""
        begun = asyncio.get_running_loop().time()
        heads: dict[tuple[str, str], int] = {}

        def is_quiet() -> bool:
            return all(
                person.is_online
                and not person.is_waiting
                and all(
                    thread.position >= heads.get((conversation, person.journal.audience), 1 << 60)
                    for conversation, thread in person.threads.items()
                )
                for person in self.people
            )

        with suppress(TimeoutError):
            async with asyncio.timeout(self.scale.patience):
                while not is_quiet() or not await self._is_shown():
                    await asyncio.sleep(0.2)
                    with suppress(psycopg.OperationalError):
                        heads = await asyncio.to_thread(self.rows.heads)
        return asyncio.get_running_loop().time() - begun

    async def _is_shown(self) -> bool:
        """Say whether every page shows the state that is stored."""
        found: list[Kept] = []
        with suppress(psycopg.OperationalError):
            found = await asyncio.to_thread(self.rows.conversations)
        kept = {conversation.conversation: conversation for conversation in found}
        return bool(kept) and all(
            person.screen.shown(conversation) == kept[conversation].rows[person.journal.audience]
            for person in self.people
            for conversation in person.threads
        )

    async def _mails(self) -> tuple[int, int]:
        with suppress(TimeoutError):
            async with asyncio.timeout(self.scale.patience):
                while await asyncio.to_thread(self.rows.waiting_mails):  # noqa: ASYNC110  rows
                    await asyncio.sleep(0.5)
        sent = Counter(address for _, addresses in self.post.envelopes for address in addresses)
        expected = [address for house in self.houses for address in house.away]
        lost = sum(1 for address in expected if not sent[address])
        return lost, sum(max(0, sent[address] - 1) for address in expected)

    async def _until(self, happened: Callable[[], bool]) -> None:
        async with asyncio.timeout(self.scale.patience):
            while not happened():  # noqa: ASYNC110  it asks the state of many
                await asyncio.sleep(0.05)


def kind_of(number: int) -> type[Client | PollClient]:
    """Return how a person talks: one in ten by polls, the others by sockets."""
    return PollClient if number % 10 == 1 else Client


def pause(process: Any) -> Callable[[], None]:
    """Hang a process, as a stalled disk would; returns what lets it go on."""
    process.send_signal(signal.SIGSTOP)
    return lambda: process.send_signal(signal.SIGCONT)


def as_lines(findings: Sequence[Finding], *, most: int = 8) -> str:
    """Return the first findings as text, one a line."""
    return "\n".join(json.dumps(finding) for finding in findings[:most])
