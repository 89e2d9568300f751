"""Who gets the next conversation: a decision over plain values. Nothing is read or written here.

The words: a conversation *waits* in a team while its contact has written and nobody has it. It is *offered* to an
operator, who takes it, declines it, or lets it pass; where a team wants no offers it is simply given. Work is counted
in hundredths of a chat, so that five mails weigh exactly one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final, Literal
from uuid import UUID

Mode = Literal["manual", "round_robin", "least_busy"]

# What one conversation of an inbox weighs, in hundredths of a chat. Kinds that are not listed weigh a chat.
CHAT: Final = 100
WEIGHTS: Final[Mapping[str, int]] = {"widget": CHAT, "email": 20}
# Whoever has waited for so long is as urgent as what came in as urgent: nobody is overtaken for ever.
AGES_AFTER: Final = timedelta(minutes=15)
# Whoever did not want a conversation is not asked for it again at once: the pause doubles with every time.
REST: Final = timedelta(seconds=30)
LONGEST_REST: Final = timedelta(minutes=30)

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How often a conversation was offered to somebody since it waits, and when the last offer was over."""

    times: int
    over_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A conversation nobody has. ``asked``: the operators it was offered to since it waits."""

    id: UUID
    since: datetime
    weight: int = CHAT
    is_urgent: bool = False
    language: str = ""
    last_operator_id: UUID | None = None
    asked: Mapping[UUID, Asked] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An operator of the team. ``load`` and ``limit`` are hundredths of a chat; open offers are part of the load.

    ``is_available``: online, with the inbox open. No ``languages`` means any.
    """

    id: UUID
    is_available: bool
    load: int
    limit: int
    languages: frozenset[str] = frozenset()
    last_got_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a team shares out its conversations."""

    mode: Mode = "manual"
    prefers_last_operator: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    conversation_id: UUID
    operator_id: UUID


def weight_of(kind: str) -> int:
    """Return what a conversation of an inbox of this kind weighs, in hundredths of a chat."""
    return WEIGHTS.get(kind, CHAT)


def distribution(
    *, rules: Rules, waiting: Iterable[Waiting], operators: Iterable[Candidate], at: datetime
) -> list[Match]:
    """Return who is to be asked for what, at ``at``: urgent ones first, then the longest wait.

    A conversation for which nobody is free holds up none behind it. Every match counts against its operator's limit
    for those that follow.
    """
    if rules.mode == "manual":
        return []
    team = {operator.id: operator for operator in operators}
    matches = []
    for conversation in in_order(waiting, at=at):
        taker = chosen(rules=rules, conversation=conversation, operators=list(team.values()), at=at)
        if taker is None:
            continue
        matches.append(Match(conversation.id, taker.id))
        team[taker.id] = replace(taker, load=taker.load + conversation.weight, last_got_at=at)
    return matches


def in_order(waiting: Iterable[Waiting], *, at: datetime) -> list[Waiting]:
    """Return conversations in the order in which they are given out."""
    return sorted(
        waiting,
        key=lambda one: (not (one.is_urgent or at - one.since >= AGES_AFTER), one.since, one.id),
    )


def chosen(
    *, rules: Rules, conversation: Waiting, operators: Sequence[Candidate], at: datetime
) -> Candidate | None:
    """Return who is asked for a conversation; None while nobody can be.

    Of those who are there and have room, whoever was asked least often for it; then, if the team wants that, the
    operator who answered last; then whoever speaks its language; then the mode decides.
    """
    able = [one for one in operators if _can_take(one, conversation) and _has_rested(one, conversation, at)]
    if not able:
        return None
    rank = _share if rules.mode == "least_busy" else _turn
    return min(
        able,
        key=lambda one: (
            _times(one, conversation),
            not (rules.prefers_last_operator and one.id == conversation.last_operator_id),
            bool(one.languages) and conversation.language not in one.languages,
            *rank(one),
            one.id,
        ),
    )


def _can_take(operator: Candidate, conversation: Waiting) -> bool:
    return operator.is_available and operator.load + conversation.weight <= operator.limit


def _times(operator: Candidate, conversation: Waiting) -> int:
    asked = conversation.asked.get(operator.id)
    return asked.times if asked else 0


def _has_rested(operator: Candidate, conversation: Waiting, at: datetime) -> bool:
    asked = conversation.asked.get(operator.id)
    if asked is None:
        return True
    rest: timedelta = REST * 2 ** min(asked.times - 1, 10)
    return at - asked.over_at >= min(rest, LONGEST_REST)


def _turn(operator: Candidate) -> tuple[datetime, Fraction]:
    return operator.last_got_at or _LONG_AGO, _share_of(operator)


def _share(operator: Candidate) -> tuple[Fraction, datetime]:
    return _share_of(operator), operator.last_got_at or _LONG_AGO


def _share_of(operator: Candidate) -> Fraction:
    return Fraction(operator.load, operator.limit)  # whoever can take something has a limit above 0
