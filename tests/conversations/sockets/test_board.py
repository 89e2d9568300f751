"""The visitors of busy sites, through the boards of two processes, over a real broker."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from conversations.consumers import board as boards
from conversations.consumers.connections import presence
from conversations.presence import Living, Presence, is_here, who_is_here
from conversations.presence_scripts import ALIVE_SECONDS
from conversations.shapes import VisitorShape
from tenants.events.groups import inbox_group
from tenants.events.hub import hub
from tenants.ids import uuid7
from tenants.scoping import TenantId

ACME = TenantId(uuid7())


class Ear:
    """An operator's socket, as far as the hub knows it."""

    channel_name = "ear"

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def deliver(self, text: str) -> None:
        self.heard.append(json.loads(text))

    def suspect(self) -> None:
        raise AssertionError("nothing was missed")

    def here(self) -> list[str]:
        return [one["contact_id"] for frame in self.heard for one in frame["here"]]

    def gone(self) -> list[str]:
        return [contact_id for frame in self.heard for contact_id in frame["gone"]]


@asynccontextmanager
async def listening() -> AsyncIterator[Ear]:
    ear = Ear()
    await hub().join(inbox_group(ACME), ear)
    yield ear
    await hub().close()


def visitor(contact_id: UUID, page: str = "/") -> VisitorShape:
    return {
        "contact_id": str(contact_id),
        "inbox_id": str(ACME),
        "name": "Vera",
        "language": "en",
        "page_url": f"https://shop.example{page}",
        "page_title": "",
        "since": "2026-11-21T10:00:00Z",
        "conversation_id": None,
    }


async def come(board: boards.Board, contacts: list[UUID]) -> None:
    for contact_id in contacts:
        await board.arrive(tenant_id=ACME, visitor=visitor(contact_id), socket=contact_id.hex)


async def go(board: boards.Board, contacts: list[UUID]) -> None:
    for contact_id in contacts:
        await board.depart(tenant_id=ACME, contact_id=contact_id, socket=contact_id.hex)


@pytest.fixture(autouse=True)
def _quick(broker: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "LEAVE_SECONDS", 0.1)


def renew(board: boards.Board, contact_id: UUID) -> None:
    board.renew(
        tenant_id=ACME, contact_id=contact_id, socket=contact_id.hex, visiting=lambda: visitor(contact_id)
    )


def scripts_run(broker: Redis) -> int:
    """Return how many scripts the broker was asked to run since it began."""
    return int(broker.info("commandstats").get("cmdstat_eval", {"calls": 0})["calls"])


async def moments(number: float) -> None:
    await asyncio.sleep(number * boards.GATHER_SECONDS)


async def test_three_hundred_arrivals_in_a_moment_are_one_frame(broker: Redis) -> None:
    contacts = [uuid7() for _ in range(300)]
    async with listening() as ear:
        began = time.monotonic()
        await come(boards.Board(), contacts)
        assert time.monotonic() - began < boards.GATHER_SECONDS, "the machine is too slow for this test"
        await moments(1.5)
        [frame] = ear.heard
    assert (len(frame["here"]), frame["gone"], frame["is_partial"]) == (boards.MOST_TOLD, [], True)
    assert await presence().board(tenant_id=ACME, kind="contact") == set(contacts)


async def test_two_processes_with_fifty_visitors_each_tell_each_once_in_two_frames(broker: Redis) -> None:
    one, other = boards.Board(), boards.Board()
    mine, theirs = [uuid7() for _ in range(50)], [uuid7() for _ in range(50)]
    async with listening() as ear:
        await asyncio.gather(come(one, mine), come(other, theirs))
        await moments(1.5)
        assert sorted(ear.here()) == sorted(str(contact_id) for contact_id in [*mine, *theirs])
        assert [frame["is_partial"] for frame in ear.heard] == [False, False]
        ear.heard.clear()
        await asyncio.gather(go(one, mine), go(other, theirs))
        await moments(2)
        assert sorted(ear.gone()) == sorted(str(contact_id) for contact_id in [*mine, *theirs])
        assert len(ear.heard) <= 4
    assert await presence().visitors(tenant_id=ACME, contact_ids=mine) == {}


async def test_coming_and_going_within_a_moment_is_told_as_it_ended(broker: Redis) -> None:
    board, contact_id = boards.Board(), uuid7()
    async with listening() as ear:
        await come(board, [contact_id])
        board.move(tenant_id=ACME, visitor=visitor(contact_id, "/cups/"))
        await moments(1.5)
        assert [one["page_url"] for frame in ear.heard for one in frame["here"]] == [
            "https://shop.example/cups/"
        ]
        ear.heard.clear()
        await go(board, [contact_id])
        await board.arrive(tenant_id=ACME, visitor=visitor(contact_id, "/cups/"), socket="new")
        await moments(1.5)
        assert ear.heard == []


async def test_who_goes_on_in_another_process_has_not_left(broker: Redis) -> None:
    one, other, contact_id = boards.Board(), boards.Board(), uuid7()
    async with listening() as ear:
        await come(one, [contact_id])
        await go(one, [contact_id])
        await other.arrive(tenant_id=ACME, visitor=visitor(contact_id, "/cart/"), socket="new")
        await moments(2)
        assert ear.gone() == []
        assert set(ear.here()) == {str(contact_id)}


async def test_the_visitors_of_a_process_that_died_are_found_gone_in_one_frame(broker: Redis) -> None:
    dead, board = boards.Board(), boards.Board()
    contacts = [uuid7() for _ in range(20)]
    async with listening() as ear:
        await come(dead, contacts)
        await moments(1.5)
        await board.compare(ACME)
        ear.heard.clear()
        await sync_to_async(run_out)(broker, contacts)
        board._compared_at.clear()
        await board.compare(ACME)
        [frame] = ear.heard
    assert (frame["here"], sorted(frame["gone"])) == ([], sorted(str(contact_id) for contact_id in contacts))
    assert await presence().board(tenant_id=ACME, kind="contact") == set()


def run_out(broker: Redis, contacts: list[UUID]) -> None:
    """Let as much time pass for these as the broker waits for a sign of life."""
    past = time.time() - ALIVE_SECONDS - 1
    broker.zadd(f"board:{ACME.hex}:contact", {contact_id.hex: past for contact_id in contacts})


async def test_a_hundred_signs_of_life_are_one_question_and_no_news(broker: Redis) -> None:
    board, contacts = boards.Board(), [uuid7() for _ in range(100)]
    async with listening() as ear:
        await come(board, contacts)
        await moments(1.5)
        ear.heard.clear()
        asked = scripts_run(broker)
        for contact_id in contacts:
            renew(board, contact_id)
        await moments(1.5)
        assert scripts_run(broker) - asked == 1
        assert ear.heard == []


async def test_a_sign_of_life_brings_back_whom_the_broker_forgot(broker: Redis) -> None:
    board, contact_id = boards.Board(), uuid7()
    async with listening() as ear:
        await come(board, [contact_id])
        await moments(1.5)
        ear.heard.clear()
        broker.flushdb()
        renew(board, contact_id)
        await moments(2.5)
        assert ear.here() == [str(contact_id)]
    assert await presence().board(tenant_id=ACME, kind="contact") == {contact_id}


async def test_a_sign_of_life_of_a_socket_that_has_closed_since_is_none(broker: Redis) -> None:
    board, contact_id = boards.Board(), uuid7()
    await come(board, [contact_id])
    renew(board, contact_id)
    await go(board, [contact_id])
    await moments(1.5)
    assert await presence().board(tenant_id=ACME, kind="contact") == set()


async def test_processes_whose_clocks_differ_agree_on_who_is_here(
    broker: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact_id, true_time = uuid7(), time.time
    first, second = (Living(ACME, "contact", contact_id, socket) for socket in ("first", "second"))
    assert (await presence().arrive(first)).was_away
    monkeypatch.setattr(time, "time", lambda: true_time() + 3600)
    assert not (await presence().arrive(second)).was_away
    assert not await presence().depart(second)
    assert is_here(tenant_id=ACME, kind="contact", owner=contact_id)
    assert who_is_here(tenant_id=ACME, kind="contact") == {contact_id}


async def test_what_was_told_already_is_not_told_again_by_the_comparison(broker: Redis) -> None:
    board, contact_id = boards.Board(), uuid7()
    async with listening() as ear:
        await board.compare(ACME)
        await come(board, [contact_id])
        await moments(1.5)
        assert len(ear.heard) == 1
        board._compared_at.clear()
        await board.compare(ACME)
        assert len(ear.heard) == 1


async def test_with_the_broker_away_nothing_waits_and_nothing_is_told_of_leaving(
    monkeypatch: pytest.MonkeyPatch, broker: Redis
) -> None:
    nowhere = Presence(AsyncRedis.from_url("redis://127.0.0.1:1/0"))
    monkeypatch.setattr(boards, "presence", lambda: nowhere)
    board, contact_id = boards.Board(), uuid7()
    async with listening() as ear:
        began = time.monotonic()
        await come(board, [contact_id])
        await go(board, [contact_id])
        await board.compare(ACME)
        assert time.monotonic() - began < 2
        await moments(1.5)
        assert ear.heard == []
