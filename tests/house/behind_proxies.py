"""A site behind the shipped proxies, and people who talk there."""

import asyncio
import random
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.client import HTTPResponse

from tests.faults.journal import Journal
from tests.faults.person import Person
from tests.faults.scene import House
from tests.faults.stage import Running, answers, wait_until
from tests.house.proxies import Ports


@dataclass(frozen=True, slots=True)
class Site:
    """The proxies by their names, and the processes behind."""

    ports: dict[str, Ports]
    tls: ssl.SSLContext
    webs: list[Running]
    origin: str

    def request(self, proxy: str, path: str, *, body: bytes | None = None, **headers: str) -> int:
        """Return the status of an answer; ``headers`` with _ for -."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = urllib.request.Request(
            f"https://localhost:{self.ports[proxy].https}{path}", data=body, headers=named
        )
        try:
            with urllib.request.urlopen(asked, timeout=20, context=self.tls) as answer:
                assert isinstance(answer, HTTPResponse)
                answer.read()
                return answer.status
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code


def invite(site: Site, proxy: str, house: House) -> list[Person]:
    """Return everybody of a house, at a page that is loaded from the proxy."""
    chance, port = random.Random(1), site.ports[proxy].https
    operators = [
        Person(
            journal=Journal(
                name=f"operator {at} behind {proxy}", tenant=str(house.tenant_id), audience="operators"
            ),
            door=lambda: port,
            path="/ws/operator/",
            headers={"Cookie": f"__Host-{cookie}", "Origin": site.origin},
            chance=chance,
            tls=site.tls,
        )
        for at, cookie in enumerate(house.cookies)
    ]
    visitors = []
    for at, conversation in enumerate(house.talks):
        operators[conversation.operator].follow(conversation.id, conversation.operators_position)
        visitor = Person(
            journal=Journal(
                name=f"visitor {at} behind {proxy}", tenant=str(house.tenant_id), audience="contact"
            ),
            door=lambda: port,
            path="/ws/contact/",
            hello={"type": "hello", "token": conversation.visitor_token},
            chance=chance,
            tls=site.tls,
        )
        visitor.follow(conversation.id, conversation.contact_position)
        visitors.append(visitor)
    return [*operators, *visitors]


async def talk(people: list[Person]) -> None:
    """Say something ten times a second, until cancelled."""
    said = 0
    while True:
        person = people[said % len(people)]
        person.say(list(person.threads)[said % len(person.threads)], f"{person.journal.name} says {said}")
        said += 1
        await asyncio.sleep(0.1)


async def look(site: Site, proxy: str, house: House, statuses: list[int]) -> None:
    """Ask for a page of messages again and again, until cancelled."""
    asked = house.talks[0]
    while True:
        statuses.append(
            await asyncio.to_thread(
                site.request,
                proxy,
                f"/widget/conversations/{asked.id}/messages?limit=5",
                Authorization=f"Bearer {asked.visitor_token}",
            )
        )
        await asyncio.sleep(0.05)


async def restart_one_after_the_other(site: Site) -> None:
    """Restart both web processes, as a deploy does."""
    for web, port in zip(site.webs, site.ports["nginx"].webs, strict=True):
        await asyncio.to_thread(web.stop)
        web.start()
        await asyncio.to_thread(wait_until, partial(answers, port), "the web process answers")


def is_done(person: Person, heads: dict[tuple[str, str], int]) -> bool:
    """Say whether a person has sent everything and seen everything."""
    return not person.is_waiting and all(
        thread.position >= heads[pk, person.journal.audience] for pk, thread in person.threads.items()
    )


async def until(happened: Callable[[], bool]) -> None:
    """Return when ``happened``. Raises TimeoutError."""
    async with asyncio.timeout(60):
        while not happened():  # noqa: ASYNC110  it asks the state of many
            await asyncio.sleep(0.05)
