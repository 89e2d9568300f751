"""The tests of this folder do what they say: the two sides of a talk are at different web processes."""

import asyncio
from typing import Any

import pytest

from tests.cast import Cast, make_cast
from tests.conversations.sockets.polling import polling_operator, polling_visitor
from tests.conversations.sockets.talk import Talk, as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


def port_of(talk: Talk) -> int:
    address: tuple[Any, ...] = talk.connection.remote_address
    return int(address[1])


def port_in(origin: str) -> int:
    return int(origin.rsplit(":", 1)[1])


async def test_both_sides_and_both_tabs_are_at_every_process_there_is(
    people: Cast, clients: list[str]
) -> None:
    async with (
        as_visitor(people.vera) as vera,
        as_operator(people.alice) as alice,
        as_visitor(people.vera) as tab,
        as_operator(people.mallory) as mallory,
        asyncio.timeout(20),
    ):
        pairs = [
            {port_of(one), port_of(other)} for one, other in ((vera, alice), (vera, tab), (alice, mallory))
        ]
        for talk in (vera, alice, tab, mallory):
            await talk.say("ping")
            await talk.until("pong")
    assert pairs == [{port_in(origin) for origin in clients}] * 3


async def test_sessions_are_opened_at_different_processes_and_served_by_all(
    people: Cast, clients: list[str]
) -> None:
    async with polling_visitor(people.vera) as vera, polling_operator(people.alice) as alice:
        turns = [[next(poll.sites) for _ in clients] for poll in (vera, alice)]
    assert [sorted(turn) for turn in turns] == [sorted(clients)] * 2
    assert (turns[0] == turns[1]) is (len(clients) == 1)
