"""Business hours over midnight, holidays, and the days clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.hours import DAYS, BusinessHours, Holiday, always_open, business_seconds, is_open, next_opening

VILNIUS = ZoneInfo("Europe/Vilnius")
OFFICE = BusinessHours.from_json(
    {
        "always": False,
        "weekly": {
            day: [["09:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
        },
        "holidays": ["2026-12-25"],
    },
    default_zone="Europe/Vilnius",
)
NIGHTS = BusinessHours.from_json(
    {"always": False, "weekly": {"sat": [["22:00", "06:00"]]}}, default_zone="Europe/Vilnius"
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VILNIUS)


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        ("2026-11-20T09:00", True),
        ("2026-11-20T08:59", False),
        ("2026-11-20T12:00", False),
        ("2026-11-20T16:59", True),
        ("2026-11-21T10:00", False),  # Saturday
        ("2026-12-25T10:00", False),  # holiday
    ],
)
def test_an_office_is_open_in_its_slots(moment: str, *, open_then: bool) -> None:
    assert is_open(OFFICE, at(moment)) is open_then


def test_a_slot_runs_past_midnight() -> None:
    assert is_open(NIGHTS, at("2026-11-22T05:59"))
    assert not is_open(NIGHTS, at("2026-11-22T06:00"))
    assert not is_open(NIGHTS, at("2026-11-21T21:59"))


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-20T18:00", "2026-11-23T09:00"),  # Friday evening to Monday
        ("2026-11-20T12:30", "2026-11-20T13:00"),
        ("2026-12-24T18:00", "2026-12-28T09:00"),  # over the holiday and the weekend
    ],
)
def test_the_next_opening(moment: str, opening: str) -> None:
    assert next_opening(OFFICE, at(moment)) == at(opening)


def test_whoever_never_opens_has_no_next_opening() -> None:
    closed = BusinessHours.from_json({"always": False, "weekly": {}}, default_zone="UTC")
    assert next_opening(closed, datetime(2026, 1, 1, tzinfo=UTC)) is None


def test_seconds_are_counted_in_open_time_only() -> None:
    assert business_seconds(OFFICE, at("2026-11-20T16:00"), at("2026-11-23T10:00")) == 2 * 3600


@pytest.mark.parametrize(("night", "hours"), [("2026-03-28", 7), ("2026-10-24", 9), ("2026-11-21", 8)])
def test_a_night_in_which_the_clocks_change_has_its_real_length(night: str, hours: int) -> None:
    start = at(f"{night}T22:00")
    assert business_seconds(NIGHTS, start, start + timedelta(days=2)) == hours * 3600


MOMENTS = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, MOMENTS, MOMENTS)
def test_open_time_adds_up(first: datetime, second: datetime, third: datetime) -> None:
    a, b, c = sorted((first, second, third))
    whole = business_seconds(OFFICE, a, c)
    assert whole == pytest.approx(business_seconds(OFFICE, a, b) + business_seconds(OFFICE, b, c), abs=0.01)
    assert 0 <= whole <= business_seconds(always_open(), a, c) + 0.01


@pytest.mark.parametrize(
    "value",
    [{"time_zone": "Mars/Base"}, {"weekly": {"someday": []}}, {"weekly": {"mon": [["25:00", "26:00"]]}}],
)
def test_hours_that_cannot_be_are_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"unknown|hour"):
        BusinessHours.from_json({"always": False, **value}, default_zone="UTC")


def test_a_holiday_of_every_year_comes_back_and_one_of_this_year_does_not() -> None:
    hours = BusinessHours.from_json(
        {
            "always": False,
            "weekly": {day: [["09:00", "17:00"]] for day in DAYS},
            "holidays": [{"date": "2026-12-24", "name": "Eve"}, {"date": "2026-12-25", "yearly": True}],
        },
        default_zone="Europe/Vilnius",
    )
    days = ("2026-12-24", "2026-12-25", "2027-12-24", "2027-12-25", "2031-12-25")
    assert [is_open(hours, at(f"{day}T10:00")) for day in days] == [False, False, True, False, False]
    assert hours.as_json()["holidays"] == [
        {"date": "2026-12-24", "name": "Eve", "yearly": False},
        {"date": "2026-12-25", "name": "", "yearly": True},
    ]


def test_the_day_before_march_is_kept_in_leap_years() -> None:
    leap = Holiday.from_json({"date": "2024-02-29", "yearly": True})
    days = ("2024-02-29", "2027-02-28", "2027-03-01", "2028-02-29")
    assert [leap.is_on(date.fromisoformat(day)) for day in days] == [True, False, False, True]
