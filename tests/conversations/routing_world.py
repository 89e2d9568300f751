"""A day of a team, drawn by chance: conversations come and end, operators come, go, accept, decline and sit still.

It believes nothing that ``conversations.assignment`` says: it keeps its own books of who was asked for what and when,
and holds every decision against the rules.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from conversations.assignment import (
    AGES_AFTER,
    LONGEST_REST,
    Asked,
    Candidate,
    Match,
    Mode,
    Rules,
    Waiting,
    distribution,
)

TICK = timedelta(seconds=5)
OFFER = timedelta(seconds=20)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Person:
    """An operator. ``takes`` and ``declines`` are chances in a tick; whoever does neither lets offers pass."""

    id: UUID
    limit: int
    takes: float
    declines: float
    languages: frozenset[str]
    is_here: bool = True
    leaves: float = 0.0
    last_got_at: datetime | None = None
    got: int = 0
    passed_over: int = 0


@dataclass(slots=True, kw_only=True)
class Chat:
    id: UUID
    since: datetime
    weight: int
    is_urgent: bool
    language: str
    # Every offer of it that is over: who, and until when.
    asked: list[tuple[UUID, datetime]] = field(default_factory=list)
    offered_to: Person | None = None
    offered_at: datetime = START
    held_by: Person | None = None
    ends_at: datetime = START
    is_done: bool = False

    @property
    def waits(self) -> bool:
        return self.offered_to is None and self.held_by is None and not self.is_done

    def times(self, person: Person) -> int:
        return sum(1 for asked, _ in self.asked if asked == person.id)


class World:
    def __init__(self, *, seed: int, mode: Mode) -> None:
        self.dice = random.Random(seed)
        self.rules = Rules(mode=mode)
        self.now = START
        self.chats: list[Chat] = []
        tongues = [frozenset[str](), frozenset({"en"}), frozenset({"en", "fa"})]
        self.people = [
            Person(
                id=self._id(),
                limit=self.dice.choice([100, 200, 400]),
                takes=self.dice.choice([0.0, 0.1, 0.5]),
                declines=self.dice.choice([0.0, 0.05, 0.3]),
                languages=self.dice.choice(tongues),
                leaves=self.dice.choice([0.0, 0.01]),
            )
            for _ in range(self.dice.randint(2, 5))
        ]
        # One at least works: nobody answers where everybody sits still.
        self.people[0].takes, self.people[0].declines = 0.5, 0.02
        self.people[0].limit = 400

    def _id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128))

    def load(self, person: Person) -> int:
        mine = (chat for chat in self.chats if person in (chat.offered_to, chat.held_by) and not chat.is_done)
        return sum(chat.weight for chat in mine)

    def has_room(self, person: Person, chat: Chat) -> bool:
        return person.is_here and self.load(person) + chat.weight <= person.limit

    # --- What happens

    def pass_time(self, *, arrivals: float) -> None:
        """Let five seconds pass: the world does what it likes, then the team's conversations are given out."""
        self.now += TICK
        if self.dice.random() < arrivals:
            self.chats.append(
                Chat(
                    id=self._id(),
                    since=self.now,
                    weight=self.dice.choice([100, 100, 20]),
                    is_urgent=self.dice.random() < 0.3,
                    language=self.dice.choice(["en", "en", "fa"]),
                )
            )
        for person in self.people:
            self._come_or_go(person)
        for chat in self.chats:
            self._go_on(chat)
        self._distribute()

    def _come_or_go(self, person: Person) -> None:
        if person.is_here and self.dice.random() < person.leaves:
            person.is_here = False
            for chat in self.chats:
                if chat.offered_to is person:
                    self._withdraw(chat)
        elif not person.is_here and self.dice.random() < 0.02:
            person.is_here = True

    def _go_on(self, chat: Chat) -> None:
        if chat.held_by and chat.ends_at <= self.now:
            chat.is_done = True
        elif (person := chat.offered_to) is not None:
            drawn = self.dice.random()
            if drawn < person.takes:
                chat.held_by, chat.offered_to = person, None
                chat.ends_at = self.now + timedelta(seconds=self.dice.randint(30, 300))
            elif drawn < person.takes + person.declines or self.now - chat.offered_at >= OFFER:
                self._withdraw(chat)

    def _withdraw(self, chat: Chat) -> None:
        assert chat.offered_to is not None
        chat.asked.append((chat.offered_to.id, self.now))
        chat.offered_to = None

    # --- What is decided, held against the rules

    def _distribute(self) -> None:
        matches = distribution(
            rules=self.rules,
            waiting=[self._waiting(chat) for chat in self.chats if chat.waits],
            operators=[self._candidate(person) for person in self.people],
            at=self.now,
        )
        for match in matches:
            self._carry_out(match)
        self._nothing_is_stuck()
        self._nobody_was_overtaken(matches)

    def _waiting(self, chat: Chat) -> Waiting:
        last = dict(chat.asked)
        return Waiting(
            id=chat.id,
            since=chat.since,
            weight=chat.weight,
            is_urgent=chat.is_urgent,
            language=chat.language,
            asked={
                person.id: Asked(times=chat.times(person), over_at=last[person.id])
                for person in self.people
                if person.id in last
            },
        )

    def _candidate(self, person: Person) -> Candidate:
        return Candidate(
            id=person.id,
            is_available=person.is_here,
            load=self.load(person),
            limit=person.limit,
            languages=person.languages,
            last_got_at=person.last_got_at,
        )

    def _carry_out(self, match: Match) -> None:
        chat = next(chat for chat in self.chats if chat.id == match.conversation_id)
        taker = next(person for person in self.people if person.id == match.operator_id)
        assert chat.waits, "what somebody has was given to another"
        assert self.has_room(taker, chat), "a limit was passed, or somebody asked who is not here"
        others = [one for one in self.people if one is not taker and self.has_room(one, chat)]
        if chat.times(taker):
            assert all(chat.times(one) for one in others), "asked again while another had not been asked"
        # Whoever was asked before may be resting from it: of those who were not, one is as good as another.
        equals = [
            one for one in others if not chat.times(one) and self._fit(one, chat) == self._fit(taker, chat)
        ]
        if self.rules.mode == "round_robin":
            for one in equals:
                one.passed_over += 1
                assert one.passed_over <= 2 * len(self.people), "somebody is passed over for ever"
        else:
            share = self.load(taker) / taker.limit
            assert all(self.load(one) / one.limit >= share for one in equals), "somebody was less busy"
        taker.passed_over, taker.last_got_at, taker.got = 0, self.now, taker.got + 1
        chat.offered_to, chat.offered_at = taker, self.now

    def _fit(self, person: Person, chat: Chat) -> tuple[int, bool]:
        return chat.times(person), not person.languages or chat.language in person.languages

    def _nothing_is_stuck(self) -> None:
        for chat in self.chats:
            if chat.waits:
                idle = [
                    one for one in self.people if self.has_room(one, chat) and self._may_be_asked(one, chat)
                ]
                assert not idle, "a conversation is stuck while somebody has room for it"

    def _may_be_asked(self, person: Person, chat: Chat) -> bool:
        over = [at for asked, at in chat.asked if asked == person.id]
        return not over or self.now - over[-1] >= LONGEST_REST

    def _nobody_was_overtaken(self, matches: list[Match]) -> None:
        """Whoever came first and could have had an operator who was given another is overtaken."""
        chats = {chat.id: chat for chat in self.chats}
        for place, match in enumerate(matches):
            given = chats[match.conversation_id]
            later = [chats[one.conversation_id] for one in matches[place + 1 :]]
            waiting = [chat for chat in self.chats if chat.waits and chat.weight <= given.weight]
            for chat in [*later, *waiting]:
                could = chat in later or not any(asked == match.operator_id for asked, _ in chat.asked)
                assert not (could and self._before(chat) < self._before(given)), "somebody was overtaken"

    def _before(self, chat: Chat) -> tuple[bool, datetime]:
        return not (chat.is_urgent or self.now - chat.since >= AGES_AFTER), chat.since
