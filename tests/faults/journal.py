"""What must be true after a fault: journals of what people sent, had acknowledged and saw, against the database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.faults.screen import Row
from tests.faults.state import Change, Finding, Kept, inconsistent, stale, undone

KINDS = (
    "lost",
    "stored_twice",
    "shown_twice",
    "out_of_order",
    "crossed",
    "phantom",
    "unshown",
    "stuck",
    "state_lost",
    "state_stale",
    "bare_errors",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A message in the database. ``positions``: by audience, "contact" and "operators"."""

    tenant: str
    conversation: str
    client_id: str
    text: str
    positions: dict[str, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it came up on a screen. A page that loads its state afresh begins another view."""

    conversation: str
    position: int
    text: str
    view: int = 0


@dataclass(slots=True, kw_only=True)
class Journal:
    """What one socket's owner did and saw. Texts are unique in a run."""

    name: str
    tenant: str
    audience: str
    sent: dict[str, tuple[str, str]] = field(default_factory=dict)  # client id -> conversation, text
    acknowledged: dict[str, int] = field(default_factory=dict)  # client id -> position
    seen: list[Seen] = field(default_factory=list)
    # Frames about conversations that are not on the screen: they may be missed, and must be ours.
    overheard: list[Seen] = field(default_factory=list)
    # Conversations that must be on the screen, whole, in the end; what came before this position is not asked for.
    follows: dict[str, int] = field(default_factory=dict)
    views: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)  # acknowledged
    shown: dict[str, Row] = field(default_factory=dict)  # of the conversations it follows, in the end
    away: list[float] = field(default_factory=list)  # seconds without a connection, each time
    closes: Counter[int] = field(default_factory=Counter)
    bare_errors: list[str] = field(default_factory=list)


def check(
    *, journals: Sequence[Journal], stored: Sequence[Stored], kept: Sequence[Kept] = ()
) -> list[Finding]:
    """Return every fault as its kind (one of KINDS) and a sentence; none when all is well."""
    by_id = {conversation.conversation: conversation for conversation in kept}
    by_text = {message.text: message for message in stored}
    by_client_id = {message.client_id: message for message in stored}
    found = [*_stored_twice(stored), *_overtaken(journals, by_client_id)]
    for conversation in kept:
        found += inconsistent(conversation)
    for journal in journals:
        found += _unanswered(journal, by_client_id)
        found += _foreign(journal, by_text)
        found += _shown(journal, by_text)
        found += _unshown(journal, stored)
        found += undone(journal.name, journal.audience, journal.changes, by_id)
        found += stale(journal.name, journal.audience, journal.shown, by_id)
        found += [("bare_errors", f"{journal.name}: {error}") for error in journal.bare_errors]
    return found


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each kind, zeros included."""
    return dict.fromkeys(KINDS, 0) | Counter(kind for kind, _ in findings)


def _stored_twice(stored: Sequence[Stored]) -> Iterator[Finding]:
    for text, times in Counter(message.text for message in stored).items():
        if times > 1:
            yield "stored_twice", f"stored {times} times: {text}"


def _unanswered(journal: Journal, stored: dict[str, Stored]) -> Iterator[Finding]:
    for client_id, (_, text) in journal.sent.items():
        position = journal.acknowledged.get(client_id)
        kept = stored.get(client_id)
        if position is None:
            yield "stuck", f"{journal.name} still waits for an answer: {text}"
        elif kept is None:
            yield "lost", f"{journal.name} has an answer, the database has nothing: {text}"
        elif kept.positions[journal.audience] != position:
            yield "out_of_order", f"{journal.name} was told {position}: {text}"


def _foreign(journal: Journal, stored: dict[str, Stored]) -> Iterator[Finding]:
    for seen in (*journal.seen, *journal.overheard):
        kept = stored.get(seen.text)
        if kept is None:
            yield "phantom", f"{journal.name} saw what is not stored: {seen.text}"
        elif kept.tenant != journal.tenant:
            yield "crossed", f"{journal.name} of {journal.tenant} saw what {kept.tenant} owns: {seen.text}"
        elif kept.positions[journal.audience] != seen.position or kept.conversation != seen.conversation:
            yield "out_of_order", f"{journal.name} saw it at {seen.position}: {seen.text}"


def _shown(journal: Journal, stored: dict[str, Stored]) -> Iterator[Finding]:
    views: dict[tuple[str, int], list[Seen]] = defaultdict(list)
    for seen in journal.seen:
        views[seen.conversation, seen.view].append(seen)
    for view in views.values():
        for text, times in Counter(seen.text for seen in view).items():
            if times > 1:
                yield "shown_twice", f"{journal.name} saw it {times} times: {text}"
        places = [stored[seen.text].positions[journal.audience] for seen in view if seen.text in stored]
        for before, after in pairwise(places):
            if after < before:
                yield "out_of_order", f"{journal.name} saw position {after} after {before}"


def _unshown(journal: Journal, stored: Sequence[Stored]) -> Iterator[Finding]:
    on_screen = {seen.text for seen in journal.seen if seen.view == journal.views.get(seen.conversation, 0)}
    for message in stored:
        after = journal.follows.get(message.conversation)
        if after is None or message.positions[journal.audience] <= after:
            continue
        if message.text not in on_screen:
            yield "unshown", f"{journal.name} never saw: {message.text}"


def _overtaken(journals: Sequence[Journal], stored: dict[str, Stored]) -> Iterator[Finding]:
    """What one person writes in one conversation is stored in the order in which it was written."""
    for journal in journals:
        last: dict[str, int] = {}
        for client_id, (conversation, text) in journal.sent.items():
            if (kept := stored.get(client_id)) is None:
                continue
            place = kept.positions[journal.audience]
            if place < last.get(conversation, 0):
                yield "out_of_order", f"{journal.name} wrote it later than it is stored: {text}"
            last[conversation] = place
