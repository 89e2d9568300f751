"""The checker of the fault tests finds every fault it is there for."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.faults.journal import KINDS, Journal, Seen, Stored, check, count
from tests.faults.state import Change, Kept, Logged


def kept(text: str, position: int, *, tenant: str = "acme", conversation: str = "c") -> Stored:
    positions = {"contact": position, "operators": position}
    return Stored(
        tenant=tenant, conversation=conversation, client_id=f"id {text}", text=text, positions=positions
    )


def a_run() -> tuple[list[Journal], list[Stored]]:
    """Vera writes a and b; she and Alice see both. Globex has a conversation of its own."""
    vera = Journal(name="Vera", tenant="acme", audience="contact", follows={"c": 0})
    alice = Journal(name="Alice", tenant="acme", audience="operators", follows={"c": 0})
    for position, text in enumerate("ab", start=1):
        vera.sent[f"id {text}"] = ("c", text)
        vera.acknowledged[f"id {text}"] = position
        vera.seen.append(Seen("c", position, text))
        alice.seen.append(Seen("c", position, text))
    return [vera, alice], [kept("a", 1), kept("b", 2), kept("theirs", 1, tenant="globex", conversation="g")]


def test_nothing_is_found_where_all_is_well() -> None:
    journals, stored = a_run()

    assert check(journals=journals, stored=stored) == []
    assert count([]) == dict.fromkeys(KINDS, 0)


def test_a_page_that_loads_afresh_sees_all_once_more_and_that_is_no_fault() -> None:
    [vera, alice], stored = a_run()
    alice.views["c"] = 1
    alice.seen += [Seen("c", 1, "a", view=1), Seen("c", 2, "b", view=1)]

    assert check(journals=[vera, alice], stored=stored) == []


def test_what_was_there_before_a_person_came_is_not_asked_for() -> None:
    [vera, alice], stored = a_run()
    alice.follows["c"] = 1
    del alice.seen[0]

    assert check(journals=[vera, alice], stored=stored) == []


Plant = Callable[[Journal, Journal, list[Stored]], object]
PLANTS: list[tuple[str, Plant, list[str]]] = [
    (
        "an acknowledged message that is gone",
        lambda vera, alice, stored: (stored.pop(1), alice.seen.pop(), vera.seen.pop()),
        ["lost"],
    ),
    ("a message stored twice", lambda vera, alice, stored: stored.extend(stored[:1]), ["stored_twice"]),
    (
        "a message shown twice",
        lambda vera, alice, stored: alice.seen.extend(alice.seen[1:]),
        ["shown_twice"],
    ),
    ("an inversion on the screen", lambda vera, alice, stored: alice.seen.reverse(), ["out_of_order"]),
    (
        "a wrong position on the screen",
        lambda vera, alice, stored: alice.seen.__setitem__(1, Seen("c", 3, "b")),
        ["out_of_order"],
    ),
    (
        "an answer with another position",
        lambda vera, alice, stored: vera.acknowledged.update({"id b": 7}),
        ["out_of_order"],
    ),
    (
        "an inversion in the database",
        lambda vera, alice, stored: (
            stored.__setitem__(slice(2), [kept("a", 2), kept("b", 1)]),
            vera.acknowledged.update({"id a": 2, "id b": 1}),
            vera.seen.__setitem__(slice(2), [Seen("c", 1, "b"), Seen("c", 2, "a")]),
            alice.seen.__setitem__(slice(2), [Seen("c", 1, "b"), Seen("c", 2, "a")]),
        ),
        ["out_of_order"],
    ),
    (
        "a message of another tenant",
        lambda vera, alice, stored: alice.overheard.append(Seen("g", 1, "theirs")),
        ["crossed"],
    ),
    (
        "a message that nobody stored",
        lambda vera, alice, stored: alice.overheard.append(Seen("c", 3, "ghost")),
        ["phantom"],
    ),
    ("a message that one does not see", lambda vera, alice, stored: alice.seen.pop(), ["unshown"]),
    (
        "a message that is missing after a fresh load",
        lambda vera, alice, stored: (
            alice.views.update({"c": 1}),
            alice.seen.__iadd__([Seen("c", 1, "a", view=1)]),
        ),
        ["unshown"],
    ),
    (
        "a message without an answer",
        lambda vera, alice, stored: vera.acknowledged.pop("id b"),
        ["stuck"],
    ),
    (
        "an error that does not say when to try again",
        lambda vera, alice, stored: vera.bare_errors.append("500"),
        ["bare_errors"],
    ),
]


@pytest.mark.parametrize(("plant", "found"), [pytest.param(*case[1:], id=case[0]) for case in PLANTS])
def test_a_planted_fault_is_found(plant: Plant, found: list[str]) -> None:
    [vera, alice], stored = a_run()
    plant(vera, alice, stored)

    assert [kind for kind, _ in check(journals=[vera, alice], stored=stored)] == found


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
