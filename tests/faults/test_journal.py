"""The checker of the fault tests finds every fault it is there for."""

from collections.abc import Callable

import pytest

from tests.faults.journal import KINDS, Journal, Seen, Stored, check, count


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
