"""Who is rated, and on which day a rating counts."""

from datetime import timedelta

from analytics.metrics import Metric
from tests.analytics.projections.history import ALICE, BOB, START, History


def test_the_rating_goes_to_the_operator_who_wrote_last() -> None:
    history = History()
    history.asks(0)
    history.replies(1, ALICE)
    history.replies(2, BOB)
    history.assigned(3, ALICE)
    history.resolved(4)
    history.rated(9, 5)

    assert [(one.operator_id, one.value) for one in history.measured(Metric.RATED)] == [(BOB, 5)]


def test_a_rating_given_again_replaces_the_score_and_keeps_the_day() -> None:
    history = History()
    history.asks(0)
    history.replies(1)
    history.resolved(2)
    history.rated(3, 5)
    history.rated(2000, 2)

    assert [(one.at, one.value) for one in history.measured(Metric.RATED)] == [
        (START + timedelta(minutes=3), 2)
    ]


def test_a_conversation_resolved_again_may_be_rated_again() -> None:
    history = History()
    history.asks(0)
    history.replies(1)
    history.resolved(2)
    history.rated(3, 2, resolution=1)
    history.reopened(4)
    history.resolved(5)
    history.rated(6, 5, resolution=2)

    assert [one.value for one in history.measured(Metric.RATED)] == [2, 5]


def test_a_survey_counts_when_the_conversation_may_be_rated() -> None:
    history = History()
    history.asks(0)
    history.resolved(1, can_rate=False)
    history.reopened(2)
    history.replies(3)
    history.resolved(4, can_rate=True)

    assert [(one.slot, one.operator_id) for one in history.measured(Metric.ASKED)] == [(1, ALICE)]
