"""Figures as four languages write them."""

from datetime import UTC, date, datetime

import pytest

from analytics.wording import Wording, split


def in_language(language: str, calendar: str = "gregory") -> Wording:
    return Wording(language=language, calendar=calendar, time_zone="Europe/Vilnius")


@pytest.mark.parametrize(
    ("seconds", "units"),
    [
        (0, [(0, "second")]),
        (59.4, [(59, "second")]),
        (59.6, [(1, "minute")]),
        (151.2, [(2, "minute"), (30, "second")]),
        (242, [(4, "minute")]),
        (599.6, [(10, "minute")]),
        (3_569, [(59, "minute")]),
        (3_571, [(1, "hour")]),
        (12_000, [(3, "hour"), (20, "minute")]),
        (90_000, [(1, "day"), (1, "hour")]),
        (10 * 86_400, [(10, "day")]),
    ],
)
def test_a_duration_is_said_in_one_or_two_units(seconds: float, units: list[tuple[int, str]]) -> None:
    assert split(seconds) == units


@pytest.mark.parametrize(
    ("language", "duration", "number", "percent"),
    [
        ("en", "2 min 30 sec", "12,345", "46%"),
        ("lt", "2 min. 30 sek.", "12\u00a0345", "46\u00a0%"),
        ("fa", "۲ دقیقه ۳۰ ثانیه", "۱۲٬۳۴۵", "۴۶٪"),
    ],
)
def test_each_language_has_its_own_words_and_digits(
    language: str, duration: str, number: str, percent: str
) -> None:
    words = in_language(language)

    assert (words.duration(150), words.number(12_345), words.percent(45.8)) == (duration, number, percent)


def test_persian_readers_get_the_persian_calendar() -> None:
    words = in_language("fa", "persian")

    assert words.day(date(2026, 3, 21)) == "۱ فروردین ۱۴۰۵"
    assert words.day(date(2025, 3, 20)) == "۳۰ اسفند ۱۴۰۳"


def test_a_span_of_days_is_said_once_where_it_can_be() -> None:
    words = in_language("en")

    assert words.days(date(2026, 11, 1), date(2026, 11, 1)) == "November 1, 2026"
    assert words.days(date(2026, 11, 15), date(2026, 11, 21)) == "November 15 – November 21, 2026"
    assert words.days(date(2025, 12, 30), date(2026, 1, 2)) == "December 30, 2025 – January 2, 2026"


def test_a_moment_is_told_in_the_readers_zone() -> None:
    assert (
        in_language("lt").moment(datetime(2026, 11, 20, 22, 5, tzinfo=UTC))
        == "2026 m. lapkričio 21 d., 00:05"
    )


def test_what_was_not_measured_is_a_dash() -> None:
    words = in_language("en")

    assert (words.number(None), words.duration(None), words.percent(None)) == ("–", "–", "–")
