"""What starts the clock and what stops it."""

from analytics.metrics import Metric
from tests.analytics.projections.history import ALICE, BOB, NINE_TO_FIVE, History


def test_the_first_response_runs_from_the_contacts_first_message_to_a_persons_reply() -> None:
    history = History()
    history.asks(2)
    history.asks(5)
    history.replies(12)

    assert history.minutes(Metric.FIRST_RESPONSE) == [(10.0, 10.0)]


def test_the_clock_does_not_start_when_the_conversation_is_created() -> None:
    history = History()
    history.asks(30)
    history.replies(31)

    assert history.minutes(Metric.FIRST_RESPONSE) == [(1.0, 1.0)]


def test_an_automatic_message_or_a_key_does_not_stop_the_clock() -> None:
    history = History()
    history.asks(0)
    history.automatic(1, "system")
    history.automatic(2, "api_key")
    history.replies(7)

    assert history.minutes(Metric.FIRST_RESPONSE) == [(7.0, 7.0)]
    assert history.minutes(Metric.REPLY_TIME) == [(7.0, 7.0)]


def test_the_first_response_belongs_to_whoever_gave_it_even_when_another_is_in_charge() -> None:
    history = History()
    history.asks(0)
    history.assigned(1, ALICE)
    history.replies(3, BOB)

    assert [one.operator_id for one in history.measured(Metric.FIRST_RESPONSE)] == [BOB]


def test_there_is_one_first_response_however_often_they_reply() -> None:
    history = History()
    history.asks(0)
    history.replies(1)
    history.asks(2)
    history.replies(5)

    assert history.minutes(Metric.FIRST_RESPONSE) == [(1.0, 1.0)]


def test_each_turn_of_the_contact_waits_from_its_first_message() -> None:
    history = History()
    history.asks(0)
    history.asks(1)
    history.replies(4)
    history.replies(5)
    history.asks(10)
    history.replies(16, BOB)

    assert history.minutes(Metric.REPLY_TIME) == [(4.0, 4.0), (6.0, 6.0)]
    assert [one.operator_id for one in history.measured(Metric.REPLY_TIME)] == [ALICE, BOB]


def test_a_turn_that_ends_with_the_conversation_is_no_waiting_time() -> None:
    history = History()
    history.asks(0)
    history.replies(1)
    history.asks(2)
    history.resolved(3)
    history.reopened(60)
    history.replies(61)

    assert history.minutes(Metric.REPLY_TIME) == [(1.0, 1.0)]


def test_a_conversation_begun_by_an_operator_has_turns_but_no_first_response() -> None:
    history = History()
    history.replies(0)
    history.asks(10)
    history.replies(13)

    assert history.minutes(Metric.FIRST_RESPONSE) == []
    assert history.minutes(Metric.REPLY_TIME) == [(3.0, 3.0)]


def test_business_hours_leave_out_the_night() -> None:
    history = History(hours=NINE_TO_FIVE)
    history.asks(7 * 60)  # Monday 16:00
    history.replies(24 * 60 + 30)  # Tuesday 09:30

    assert history.minutes(Metric.FIRST_RESPONSE) == [(17 * 60 + 30, 90)]
    assert history.measured(Metric.FIRST_RESPONSE)[0].in_hours is True


def test_a_question_asked_at_night_counts_as_out_of_hours() -> None:
    history = History(hours=NINE_TO_FIVE)
    history.asks(10 * 60)  # Monday 19:00
    history.replies(24 * 60 + 5)  # Tuesday 09:05

    assert history.minutes(Metric.FIRST_RESPONSE) == [(14 * 60 + 5, 5)]
    assert history.measured(Metric.FIRST_RESPONSE)[0].in_hours is False


def test_the_first_and_the_last_resolution_are_kept_apart() -> None:
    history = History()
    history.asks(0)
    history.replies(1)
    history.resolved(20)
    history.reopened(40)
    history.resolved(90)

    assert history.minutes(Metric.FIRST_RESOLUTION) == [(20.0, 20.0)]
    assert history.minutes(Metric.LAST_RESOLUTION) == [(90.0, 90.0)]


def test_an_operator_takes_a_conversation_once() -> None:
    history = History()
    history.asks(0)
    history.replies(1, ALICE)
    history.asks(2)
    history.replies(3, BOB)
    history.asks(4)
    history.replies(5, ALICE)

    assert [one.operator_id for one in history.measured(Metric.TAKEN)] == [ALICE, BOB]
