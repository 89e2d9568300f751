"""What is said by itself, moment by moment."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conversations.automatic_rules import Automatic, Plan, Silence, Situation, plan

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SILENCE = Silence(
    ask=timedelta(minutes=5),
    warn=timedelta(minutes=10),
    close=timedelta(minutes=20),
    close_when_gone=timedelta(days=7),
)
RULES = Automatic(
    away=True, busy=True, waiting=[timedelta(seconds=30), timedelta(seconds=120)], silence=SILENCE
)


def seconds(number: float) -> datetime:
    return START + timedelta(seconds=number)


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


def waiting(at: float, *said: str, **changed: Any) -> Plan:
    """The plan so many seconds after somebody began to wait."""
    known = dict.fromkeys(said, START)
    return plan(RULES, Situation(at=seconds(at), waiting_since=START, said=known, **changed))


def silent(
    at: float, rules: Automatic = RULES, said: dict[str, datetime] | None = None, **changed: Any
) -> Plan:
    """The plan so many minutes after the last answer."""
    return plan(rules, Situation(at=minutes(at), answered_at=START, said=said or {}, **changed))


def test_those_who_wait_are_told_so_step_by_step() -> None:
    assert waiting(0) == Plan(next_at=seconds(30))
    assert waiting(30) == Plan(say="waiting_0", next_at=seconds(120))
    assert waiting(31, "waiting_0") == Plan(next_at=seconds(120))
    assert waiting(121, "waiting_0") == Plan(say="waiting_1")
    assert waiting(122, "waiting_0", "waiting_1") == Plan()


def test_a_text_whose_moment_has_passed_is_not_said_late() -> None:
    assert waiting(91) == Plan(next_at=seconds(120))
    assert waiting(500) == Plan()


@pytest.mark.parametrize("at", [0.0, 30.0, 119.0])
def test_where_nobody_is_that_is_said_once_and_nobody_is_asked_to_hold_on(at: float) -> None:
    assert waiting(at, is_anybody_here=False).say == "away"
    assert waiting(at, "away", is_anybody_here=False).say is None


def test_an_hour_later_it_is_no_news_that_nobody_is_there_or_all_are_busy() -> None:
    assert waiting(3600, is_anybody_here=False) == Plan()
    assert waiting(3600, is_everybody_busy=True) == Plan()


def test_where_everybody_is_busy_that_is_said_before_the_steps() -> None:
    assert waiting(0, is_everybody_busy=True) == Plan(say="busy", next_at=seconds(30))
    assert waiting(30, "busy", is_everybody_busy=True) == Plan(say="waiting_0", next_at=seconds(120))


def test_silence_is_asked_about_then_warned_of_then_ended() -> None:
    assert silent(0) == Plan(next_at=minutes(5))
    assert silent(5) == Plan(say="ask", next_at=minutes(10))
    assert silent(6, said={"ask": minutes(5)}) == Plan(next_at=minutes(10))
    said = {"ask": minutes(5), "warn": minutes(10)}
    assert silent(10, said={"ask": minutes(5)}) == Plan(say="warn", next_at=minutes(20))
    assert silent(19, said=said) == Plan(next_at=minutes(20))
    assert silent(20, said=said) == Plan(say="close", ends=True)


def test_nobody_is_shown_out_without_a_warning_however_late_it_is() -> None:
    assert silent(300) == Plan(say="warn", next_at=minutes(310))
    assert silent(309, said={"warn": minutes(300)}).ends is False
    assert silent(310, said={"warn": minutes(300)}).ends is True


def test_who_has_left_is_told_nothing_and_ended_after_days() -> None:
    assert silent(6, is_contact_here=False) == Plan(next_at=minutes(10))
    assert silent(60, is_contact_here=False) == Plan(next_at=minutes(7 * 24 * 60))
    assert silent(7 * 24 * 60, is_contact_here=False) == Plan(ends=True)


def test_nothing_is_said_where_it_is_neither_s_turn_or_all_is_off() -> None:
    off = Automatic(away=False, busy=False, waiting=[], silence=None)
    assert plan(RULES, Situation(at=START, said={})) == Plan()
    assert silent(600, rules=off) == Plan()
    assert off.is_silent
    assert not RULES.is_silent


@pytest.mark.parametrize("seed", range(20))
def test_whenever_one_looks_everything_is_said_once_and_a_silent_chat_ends(seed: int) -> None:
    """The worker comes late, at random: it looks when told to, or up to three minutes after that."""
    dice = random.Random(seed)
    said: dict[str, datetime] = {}
    order: list[str] = []
    at = START
    for _ in range(50):
        made = plan(RULES, Situation(at=at, answered_at=START, said=said))
        if made.say:
            assert made.say not in said
            said[made.say] = at
            order.append(made.say)
        if made.ends:
            break
        assert made.next_at is not None
        assert made.next_at > at
        at = made.next_at + timedelta(seconds=dice.choice([0, 1, 60, 180]))
    assert order == ["ask", "warn", "close"]
    assert minutes(20) <= at < minutes(30)
