"""A team's day, drawn by chance many times: nobody starves, nothing is stuck, no limit is passed.

The rules are held against every single decision in ``routing_world``; here a day is let pass.
"""

import pytest

from conversations.assignment import Mode
from tests.conversations.routing_world import World

DAYS = range(8)


@pytest.mark.parametrize("mode", ["round_robin", "least_busy"])
@pytest.mark.parametrize("seed", DAYS)
def test_on_any_day_every_rule_holds_and_everybody_is_answered(seed: int, mode: Mode) -> None:
    world = World(seed=seed, mode=mode)
    for _ in range(360):
        world.pass_time(arrivals=0.3)
    assert len(world.chats) > 60

    world.people[0].is_here, world.people[0].leaves = True, 0.0
    for _ in range(3600):
        world.pass_time(arrivals=0.0)
        if all(chat.is_done for chat in world.chats):
            break
    assert [chat for chat in world.chats if not chat.is_done] == []


@pytest.mark.parametrize("seed", DAYS)
def test_where_urgent_ones_never_cease_the_others_have_their_turn(seed: int) -> None:
    world = World(seed=seed, mode="round_robin")
    world.people = world.people[:1]
    world.people[0].leaves, world.people[0].limit = 0.0, 300
    for _ in range(600):
        world.pass_time(arrivals=0.2)
        for place, chat in enumerate(world.chats):
            chat.is_urgent = place != 40
    plain = world.chats[40]
    assert len([chat for chat in world.chats if chat.waits]) > 10
    assert plain.is_done or plain.held_by is not None


@pytest.mark.parametrize("seed", DAYS)
def test_of_those_who_are_there_and_alike_nobody_gets_much_more_than_another(seed: int) -> None:
    world = World(seed=seed, mode="round_robin")
    for person in world.people:
        person.takes, person.declines, person.leaves = 1.0, 0.0, 0.0
        person.limit, person.languages = 10_000, frozenset()
    for _ in range(400):
        world.pass_time(arrivals=0.4)
    got = [person.got for person in world.people]
    assert max(got) - min(got) <= 1
