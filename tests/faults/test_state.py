"""The checker of the fault tests finds changes that were lost, and screens that stayed behind."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.faults.journal import Journal, check
from tests.faults.state import Change, Kept, Logged


def a_state() -> tuple[Journal, Journal, Kept]:
    """Alice takes Vera's conversation, resolves it, and hands it to Bob; she has read it all, Vera has not."""
    rows = {
        "operators": {"status": "resolved", "operator": "bob", "unread_count": 0, "waiting_since": None},
        "contact": {"status": "resolved", "operator": "Bob", "unread_count": 1, "operators_seen_position": 4},
    }
    log = (
        Logged(2, "operator", "alice"),
        Logged(4, "status", "resolved"),
        Logged(5, "operator", "bob"),
    )
    kept = Kept(
        tenant="acme",
        conversation="c",
        rows=rows,
        read={"operators": 5, "contact": 3},
        owed={"operators": 0, "contact": 1},
        log=log,
    )
    vera = Journal(name="Vera", tenant="acme", audience="contact", shown={"c": dict(rows["contact"])})
    alice = Journal(name="Alice", tenant="acme", audience="operators", shown={"c": dict(rows["operators"])})
    vera.changes.append(Change("read", "c", 3))
    alice.changes += [
        Change("operator", "c", "alice", after=1, position=3),
        Change("status", "c", "resolved", after=3, position=4),
        Change("read", "c", 4),
    ]
    return vera, alice, kept


def test_a_change_that_a_later_one_replaced_is_not_lost() -> None:
    vera, alice, kept = a_state()

    assert check(journals=[vera, alice], stored=[], kept=[kept]) == []


StatePlant = Callable[[Journal, Journal, Kept], Kept | None]
STATE_PLANTS: list[tuple[str, StatePlant, list[str]]] = [
    (
        "a screen with a wrong unread count",
        lambda vera, alice, kept: alice.shown["c"].update(unread_count=2),
        ["state_stale"],
    ),
    (
        "a screen with an old status",
        lambda vera, alice, kept: vera.shown["c"].update(status="open"),
        ["state_stale"],
    ),
    (
        "a screen with an old assignee",
        lambda vera, alice, kept: alice.shown["c"].update(operator="alice"),
        ["state_stale"],
    ),
    (
        "a page that does not know how far it was read",
        lambda vera, alice, kept: vera.shown["c"].update(operators_seen_position=3),
        ["state_stale"],
    ),
    ("a page without the row", lambda vera, alice, kept: alice.shown.update(c={}), ["state_stale"]),
    (
        "an acknowledged assignment that never was",
        lambda vera, alice, kept: alice.changes.append(Change("operator", "c", "carol", 2, 5)),
        ["state_lost"],
    ),
    (
        "an acknowledged assignment that was over before it was asked for",
        lambda vera, alice, kept: alice.changes.append(Change("operator", "c", "alice", 5, 5)),
        ["state_lost"],
    ),
    (
        "an acknowledged status that is gone",
        lambda vera, alice, kept: replace(
            kept,
            log=[entry for entry in kept.log if entry.name != "status"],
            rows={side: {**row, "status": "open"} for side, row in kept.rows.items()},
        ),
        ["state_stale", "state_lost", "state_stale"],
    ),
    (
        "a position that was read, and is not any more",
        lambda vera, alice, kept: replace(kept, read={"operators": 3, "contact": 3}),
        ["state_lost"],
    ),
    (
        "a conversation that is gone",
        lambda vera, alice, kept: alice.changes.append(Change("read", "another", 1)),
        ["state_lost"],
    ),
    (
        "a row that its events did not make",
        lambda vera, alice, kept: replace(kept, log=kept.log[:-1]),
        ["state_lost"],
    ),
    (
        "a count that its messages did not make",
        lambda vera, alice, kept: replace(kept, owed={"operators": 1, "contact": 1}),
        ["state_lost"],
    ),
]


@pytest.mark.parametrize(("plant", "found"), [pytest.param(*case[1:], id=case[0]) for case in STATE_PLANTS])
def test_a_planted_fault_of_the_state_is_found(plant: StatePlant, found: list[str]) -> None:
    vera, alice, kept = a_state()
    kept = plant(vera, alice, kept) or kept

    assert [kind for kind, _ in check(journals=[vera, alice], stored=[], kept=[kept])] == found
