"""Reports come at eight in the reader's morning, and tell of days that are over there."""

from datetime import UTC, date, datetime

import pytest

from analytics.mails.schedule import Frequency, Place, next_due, reported_period

VILNIUS = Place(time_zone="Europe/Vilnius", week_start=1)
TEHRAN = Place(time_zone="Asia/Tehran", week_start=6)


@pytest.mark.parametrize(
    ("place", "frequency", "after", "due"),
    [
        (VILNIUS, Frequency.DAILY, "2026-11-02T05:59:59", "2026-11-02T06:00"),
        (VILNIUS, Frequency.DAILY, "2026-11-02T06:00:00", "2026-11-03T06:00"),
        # The night the clocks go back: 25 hours from one eight o'clock to the next.
        (VILNIUS, Frequency.DAILY, "2026-10-24T05:00:00", "2026-10-25T06:00"),
        (VILNIUS, Frequency.WEEKLY, "2026-11-02T06:00:00", "2026-11-09T06:00"),
        (VILNIUS, Frequency.WEEKLY, "2026-11-04T12:00:00", "2026-11-09T06:00"),
        (TEHRAN, Frequency.WEEKLY, "2026-11-04T12:00:00", "2026-11-07T04:30"),
    ],
)
def test_the_next_report_is_due_at_eight(place: Place, frequency: Frequency, after: str, due: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)

    assert next_due(frequency=frequency, place=place, after=moment) == datetime.fromisoformat(due).replace(
        tzinfo=UTC
    )


def test_a_daily_report_tells_of_yesterday() -> None:
    at = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
    period = reported_period(frequency=Frequency.DAILY, place=VILNIUS, at=at)

    assert (period.first, period.last) == (date(2026, 11, 1), date(2026, 11, 1))
    assert period.until == datetime(2026, 11, 1, 22, 0, tzinfo=UTC)


def test_a_weekly_report_tells_of_the_last_whole_week_even_when_it_is_late() -> None:
    at = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)  # a Tuesday
    periods = [reported_period(frequency=Frequency.WEEKLY, place=place, at=at) for place in (VILNIUS, TEHRAN)]

    assert [(one.first, one.last) for one in periods] == [
        (date(2026, 11, 2), date(2026, 11, 8)),
        (date(2026, 10, 31), date(2026, 11, 6)),
    ]
