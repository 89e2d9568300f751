"""What counts as new, reopened, resolved and open."""

from datetime import timedelta

from analytics.metrics import Metric
from tests.analytics.projections.history import ALICE, BOB, CONVERSATION, START, TEAM, History


def opens(history: History) -> list[tuple[int, object]]:
    return [(one.value, one.operator_id) for one in history.measured(Metric.OPEN)]


def test_a_conversation_is_new_when_its_contact_writes() -> None:
    history = History()
    history.asks(5)
    history.asks(6)

    assert [one.at for one in history.measured(Metric.NEW)] == [START + timedelta(minutes=5)]


def test_a_conversation_nobody_wrote_in_counts_as_nothing() -> None:
    history = History()
    history.assigned(1, ALICE)
    history.resolved(2)

    assert history.fold().measured == {}


def test_one_begun_by_an_operator_is_new_when_the_contact_answers() -> None:
    history = History()
    history.replies(0)
    history.asks(90)

    assert [one.at for one in history.measured(Metric.NEW)] == [START + timedelta(minutes=90)]


def test_new_and_reopened_less_resolved_is_what_is_open() -> None:
    history = History()
    history.asks(0)
    history.resolved(1)
    history.reopened(2)
    history.resolved(3)
    history.reopened(4)

    counts = [len(history.measured(metric)) for metric in (Metric.NEW, Metric.REOPENED, Metric.RESOLVED)]
    assert counts == [1, 2, 2]
    assert sum(one.value for one in history.measured(Metric.OPEN)) == 1


def test_resolving_twice_in_a_row_counts_once() -> None:
    history = History()
    history.asks(0)
    history.resolved(1)
    history.resolved(2)

    assert len(history.measured(Metric.RESOLVED)) == 1


def test_snoozing_a_resolved_conversation_reopens_it() -> None:
    history = History()
    history.asks(0)
    history.resolved(1)
    history.happens(2, "conversation.snoozed")

    assert len(history.measured(Metric.REOPENED)) == 1


def test_a_hand_over_takes_an_open_conversation_from_one_and_gives_it_to_the_other() -> None:
    history = History()
    history.asks(0)
    history.assigned(1, ALICE)
    history.assigned(2, BOB, TEAM)

    assert opens(history) == [(1, None), (-1, None), (1, ALICE), (-1, ALICE), (1, BOB)]
    assert [one.team_id for one in history.measured(Metric.OPEN)] == [None, None, None, None, TEAM]


def test_a_hand_over_of_a_resolved_conversation_moves_nothing() -> None:
    history = History()
    history.asks(0)
    history.assigned(1, ALICE)
    history.resolved(2)
    history.assigned(3, BOB)

    assert sum(value for value, _operator in opens(history)) == 0
    assert BOB not in [operator for _value, operator in opens(history)]


def test_a_resolution_belongs_to_whoever_is_in_charge() -> None:
    history = History()
    history.asks(0)
    history.assigned(1, BOB)
    history.resolved(2, by=ALICE)

    assert [one.operator_id for one in history.measured(Metric.RESOLVED)] == [BOB]


def test_with_nobody_in_charge_a_resolution_belongs_to_who_resolved() -> None:
    history = History()
    history.asks(0)
    history.resolved(2, by=ALICE)

    assert [one.operator_id for one in history.measured(Metric.RESOLVED)] == [ALICE]


def test_a_resolution_without_a_reply_is_unanswered() -> None:
    history = History()
    history.asks(0)
    history.resolved(2)
    history.reopened(3)
    history.replies(4)
    history.resolved(5)

    assert [one.slot for one in history.measured(Metric.UNANSWERED)] == [1]


def test_the_state_knows_that_it_is_spam() -> None:
    history = History()
    history.asks(0)
    history.spam(1, is_spam=True)

    assert history.fold().states[CONVERSATION].is_spam is True
