"""The proxy configurations that ship, as they are, before two web processes."""

import asyncio
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import pytest
import redis
from websockets.asyncio.client import connect
from websockets.typing import Origin

from config.local.ports import free_port
from tests.cast import Cast
from tests.conversations.sockets.talk import Talk, session_cookie
from tests.faults.journal import Journal, check
from tests.faults.rows import Rows
from tests.faults.scene import Scale, make_houses
from tests.faults.stage import Running, answers, wait_until
from tests.house.behind_proxies import Site, invite, is_done, look, restart_one_after_the_other, talk, until
from tests.house.proxies import PROXIES, make_certificate, shipped_proxy
from tests.house.web_processes import command
from tests.servers import superuser_url

pytestmark = pytest.mark.django_db(transaction=True)
behind_each = pytest.mark.parametrize("proxy", list(PROXIES))


@pytest.fixture(scope="module")
def deployed(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two web processes, and both proxies before them."""
    home = tmp_path_factory.mktemp("proxies")
    certificate = make_certificate(home)
    https = {name: free_port() for name in PROXIES}
    origin = f"https://localhost:{https['nginx']}"
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "PARLEY_DB_POOL_SIZE": "4",
        "PARLEY_DRAIN_SECONDS": "1",
        "PARLEY_LOG_LEVEL": "WARNING",
        "PARLEY_ORIGIN": origin,
        "PARLEY_WIDGET_ORIGIN": origin,
        "PARLEY_TRUSTED_PROXIES": "1",
    }
    ports = [free_port(), free_port()]
    webs = [
        Running(
            [sys.executable, "-m", *command("daphne", port, share=False)],
            environment=environment,
            log=home / f"web{port}",
        )
        for port in ports
    ]
    with ExitStack() as exits:
        for web in webs:
            exits.callback(web.kill)
            web.start()
        fronts = {
            name: exits.enter_context(
                shipped_proxy(name, home=home / name, webs=ports, https=https[name], certificate=certificate)
            )
            for name in PROXIES
        }
        for port in ports:
            wait_until(partial(answers, port), "the web process answers")
        yield Site(ports=fronts, tls=certificate.trusted(), webs=webs, origin=origin)
        for web in webs:
            print(web.log.read_text(encoding="utf-8")[-2000:])  # noqa: T201  for a test that failed


@behind_each
def test_pages_and_files_are_served_over_https_only(deployed: Site, cast: Cast, proxy: str) -> None:
    asked = (
        "/accounts/login/",
        f"/widget.js?inbox={cast.acme_widget.key}",
        "/static/admin/nowhere.css",
        "/healthz",
    )
    assert [deployed.request(proxy, path) for path in asked] == [200, 200, 404, 200]
    plain = urllib.request.Request(f"http://localhost:{deployed.ports[proxy].http}/accounts/login/?a=b")
    # Sent on to https, where another port is meant than this test's.
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(plain, timeout=5)


@behind_each
def test_bodies_are_limited_and_uploads_may_be_larger(deployed: Site, cast: Cast, proxy: str) -> None:
    statuses = [
        deployed.request(proxy, path, body=b"x" * size, Content_Type="application/octet-stream")
        for path, size in (
            ("/accounts/login/", 1_100_000),
            ("/api/v1/conversations", 1_100_000),
            ("/widget/upload", 2_000_000),
            ("/widget/upload", 23_000_000),
            ("/api/v1/attachments", 2_000_000),
            ("/api/v1/attachments", 23_000_000),
        )
    ]
    # Caddy before 2.7 blames the process for a body that it has found too large itself.
    refused = 502 if proxy == "caddy" and statuses[0] == 502 else 413
    # Those that Parley itself saw lack whoever sends them.
    assert statuses == [refused, refused, 401, refused, 401, refused]
    assert deployed.request(proxy, "/healthz") == 200


@behind_each
def test_both_sides_talk_and_nobody_can_claim_an_address(
    deployed: Site, cast: Cast, broker: redis.Redis, proxy: str
) -> None:
    address, cookie = f"wss://localhost:{deployed.ports[proxy].https}", f"__Host-{session_cookie(cast.alice)}"

    async def scene() -> dict[str, str]:
        forged = {"X-Forwarded-For": "6.6.6.6, 7.7.7.7", "X-Real-IP": "6.6.6.6"}
        async with (
            connect(
                f"{address}/ws/operator/",
                ssl=deployed.tls,
                additional_headers={"Cookie": cookie},
                origin=Origin(deployed.origin),
            ) as operator,
            connect(
                f"{address}/ws/contact/",
                ssl=deployed.tls,
                additional_headers=forged,
                local_addr=("127.0.0.9", 0),
            ) as visitor,
        ):
            alice, vera = Talk(operator), Talk(visitor)
            await alice.until("welcome")
            await vera.say("hello", token=cast.vera.token)
            await vera.until("welcome")
            conversation_id = await vera.begin("Hello from outside")
            heard = await alice.heard("Hello from outside")
            await alice.send(conversation_id, "And back")
            return {
                "heard": heard["message"]["author"]["name"],
                "back": (await vera.heard("And back"))["message"]["author"]["name"],
            }

    assert asyncio.run(scene()) == {"heard": "Vera", "back": "Alice"}
    assert broker.keys("limit:address:*") == [b"limit:address:127.0.0.9"]


def test_both_processes_are_restarted_during_a_talk_and_nobody_notices(
    deployed: Site, db: None, broker: redis.Redis
) -> None:
    # A restart takes seconds, so people talk through both proxies during the same ones.
    houses = make_houses(Scale(visitors=16, operators=4, tenants=2, away=0), prefix="rolling")
    fronts = dict(zip(PROXIES, houses, strict=True))
    rows = Rows(superuser_url(), houses)

    async def scene() -> tuple[dict[str, list[Journal]], dict[str, list[int]]]:
        guests = {proxy: invite(deployed, proxy, house) for proxy, house in fronts.items()}
        people = [person for invited in guests.values() for person in invited]
        statuses: dict[str, list[int]] = {proxy: [] for proxy in fronts}
        living = [asyncio.create_task(person.live()) for person in people]
        await until(lambda: all(person.is_online for person in people))
        busy = [
            *[asyncio.create_task(talk(invited)) for invited in guests.values()],
            *[asyncio.create_task(look(deployed, to, fronts[to], found)) for to, found in statuses.items()],
        ]
        await restart_one_after_the_other(deployed)
        for task in busy:
            task.cancel()
        await until(lambda: not any(person.is_waiting for person in people))
        heads = await asyncio.to_thread(rows.heads)
        await until(lambda: all(is_done(person, heads) for person in people))
        for task in living:
            task.cancel()
        await asyncio.gather(*living, *busy, return_exceptions=True)
        return {to: [person.journal for person in invited] for to, invited in guests.items()}, statuses

    journals, statuses = asyncio.run(scene())
    assert check(journals=[one for kept in journals.values() for one in kept], stored=rows.messages()) == []
    assert {proxy: set(found) for proxy, found in statuses.items()} == {proxy: {200} for proxy in PROXIES}
    assert min(len(found) for found in statuses.values()) > 20
    assert min(sum(len(journal.sent) for journal in kept) for kept in journals.values()) > 40
    # Everybody was sent to the other process at least once.
    assert min(len(journal.away) for kept in journals.values() for journal in kept) >= 2
