"""What must be true of the state after a fault: nothing acknowledged is undone, and screens show what is stored.

The log of a conversation's events says what it was at each position, so an acknowledged change is looked for between
the position its author knew when asking and the one the answer told: what came later may have replaced it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.faults.screen import Row

Finding = tuple[str, str]
BEGINNING: dict[str, str | None] = {"status": "open", "operator": None}


@dataclass(frozen=True, slots=True)
class Logged:
    """An event that changed a status or an operator. ``position`` is the operators'."""

    position: int
    name: str  # status | operator
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A conversation in the database: by audience what its row shows, what is read, how much was said after that."""

    tenant: str
    conversation: str
    rows: dict[str, Row]
    read: dict[str, int]
    owed: dict[str, int]
    log: Sequence[Logged] = ()

    def at(self, position: int) -> dict[str, str | None]:
        """Return status and operator as the log has them at a position."""
        return BEGINNING | {entry.name: entry.value for entry in self.log if entry.position <= position}


@dataclass(frozen=True, slots=True)
class Change:
    """An acknowledged change: of "status" or "operator" to ``value``, or "read", up to the position in ``value``.

    ``after`` is the position that was known when it was asked for, ``position`` that of the answer.
    """

    name: str
    conversation: str
    value: str | int | None
    after: int = 0
    position: int = 0


def undone(
    name: str, audience: str, changes: Sequence[Change], kept: Mapping[str, Kept]
) -> Iterator[Finding]:
    """Find what was acknowledged to somebody and is not in the database, nor replaced by what came later."""
    for change in changes:
        about = f"{change.name} {change.value} of {change.conversation}"
        now = kept.get(change.conversation)
        if now is None:
            yield "state_lost", f"{name} has an answer, the conversation is gone: {about}"
        elif change.name == "read":
            if now.read[audience] < int(change.value or 0):
                yield "state_lost", f"{name} has an answer, {now.read[audience]} is stored: {about}"
        elif not any(
            now.at(position)[change.name] == change.value
            for position in range(change.after, change.position + 1)
        ):
            yield "state_lost", f"{name} has an answer up to {change.position}, it never was: {about}"


def inconsistent(kept: Kept) -> Iterator[Finding]:
    """Find where the row of a conversation is not what its events and messages make it."""
    row = kept.rows["operators"]
    for name, value in kept.at(1 << 60).items():
        if row[name] != value:
            yield (
                "state_lost",
                f"{kept.conversation} is stored with {name} {row[name]}, the events say {value}",
            )
    for audience, owed in kept.owed.items():
        if (stored := kept.rows[audience]["unread_count"]) != owed:
            yield (
                "state_lost",
                f"{kept.conversation} is stored with {stored} unread for {audience}, not {owed}",
            )


def stale(name: str, audience: str, shown: Mapping[str, Row], kept: Mapping[str, Kept]) -> Iterator[Finding]:
    """Find what a page shows, in the end, that is not so."""
    for conversation, row in shown.items():
        if (now := kept.get(conversation)) is None or row == now.rows[audience]:
            continue
        stored = now.rows[audience]
        told = ", ".join(
            f"{key} {row.get(key)} not {stored[key]}" for key in stored if row.get(key) != stored[key]
        )
        yield "state_stale", f"{name} shows {told} of {conversation}"
