"""Periods: local days, days of 23 and 25 hours, and the period before."""

from datetime import UTC, date, datetime

import pytest

from analytics.periods import Grain, Preset, custom_period, preset_period
from tenants.errors import BadRequest

VILNIUS = "Europe/Vilnius"
NOON = datetime(2026, 11, 21, 10, 7, tzinfo=UTC)  # 12:07 in Vilnius


def days(first: str, last: str, zone: str = VILNIUS) -> tuple[datetime, datetime]:
    period = custom_period(
        first=date.fromisoformat(first), last=date.fromisoformat(last), time_zone=zone, now=NOON
    )
    return period.start, period.end


def test_a_day_begins_at_local_midnight() -> None:
    assert days("2026-11-20", "2026-11-20") == (
        datetime(2026, 11, 19, 22, tzinfo=UTC),
        datetime(2026, 11, 20, 22, tzinfo=UTC),
    )


def test_the_day_the_clocks_go_forward_has_23_hours() -> None:
    start, end = days("2026-03-29", "2026-03-29")

    assert (end - start).total_seconds() == 23 * 3600


def test_the_day_the_clocks_go_back_has_25_hours() -> None:
    start, end = days("2026-10-25", "2026-10-25")

    assert (end - start).total_seconds() == 25 * 3600


def test_a_zone_of_quarters_of_an_hour_begins_on_a_bucket() -> None:
    start, _end = days("2026-11-20", "2026-11-20", zone="Asia/Kathmandu")

    assert start == datetime(2026, 11, 19, 18, 15, tzinfo=UTC)


def test_where_midnight_is_skipped_the_day_begins_with_its_first_moment() -> None:
    start, end = days("2026-03-29", "2026-03-29", zone="Asia/Beirut")

    assert start == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert (end - start).total_seconds() == 23 * 3600


def test_seven_days_end_today() -> None:
    period = preset_period(preset=Preset.WEEK, time_zone=VILNIUS, now=NOON)

    assert (period.first, period.last) == (date(2026, 11, 15), date(2026, 11, 21))


def test_today_is_counted_up_to_the_next_quarter_of_an_hour() -> None:
    period = preset_period(preset=Preset.TODAY, time_zone=VILNIUS, now=NOON)

    assert period.until == datetime(2026, 11, 21, 10, 15, tzinfo=UTC)


def test_an_unfinished_day_is_held_against_the_same_part_of_the_day_before() -> None:
    before = preset_period(preset=Preset.TODAY, time_zone=VILNIUS, now=NOON).previous()

    assert (before.start, before.until) == (
        datetime(2026, 11, 19, 22, tzinfo=UTC),
        datetime(2026, 11, 20, 10, 15, tzinfo=UTC),
    )


def test_a_finished_period_is_held_against_as_many_days_just_before() -> None:
    period = custom_period(first=date(2026, 10, 1), last=date(2026, 10, 31), time_zone=VILNIUS, now=NOON)

    before = period.previous()

    assert (before.first, before.last) == (date(2026, 8, 31), date(2026, 9, 30))
    assert before.until == before.end


@pytest.mark.parametrize(
    ("first", "last", "grain"),
    [
        ("2026-11-20", "2026-11-21", Grain.HOUR),
        ("2026-11-19", "2026-11-21", Grain.DAY),
        ("2026-08-14", "2026-11-21", Grain.DAY),
        ("2026-08-13", "2026-11-21", Grain.WEEK),
    ],
)
def test_the_grain_follows_the_length(first: str, last: str, grain: Grain) -> None:
    period = custom_period(
        first=date.fromisoformat(first), last=date.fromisoformat(last), time_zone=VILNIUS, now=NOON
    )

    assert period.grain is grain


def test_days_that_are_turned_round_are_refused() -> None:
    with pytest.raises(BadRequest) as caught:
        custom_period(first=date(2026, 11, 2), last=date(2026, 11, 1), time_zone="UTC", now=NOON)

    assert caught.value.errors == {"to": ["lies before from"]}


def test_more_than_two_years_are_refused() -> None:
    with pytest.raises(BadRequest) as caught:
        custom_period(first=date(2024, 1, 1), last=date(2026, 1, 1), time_zone="UTC", now=NOON)

    assert caught.value.errors == {"to": ["at most 731 days"]}
