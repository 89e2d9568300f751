"""Durations in bins: how far a percentile may be from the truth, and that bins cover everything."""

import math
import random

import pytest

from analytics.histogram import bin_of, seconds_of


@pytest.mark.parametrize("milliseconds", [10, 11, 999, 1_000, 60_000, 3_600_000, 86_400_000, 94_608_000_000])
def test_the_middle_of_a_bin_is_within_one_per_cent_of_what_lies_in_it(milliseconds: int) -> None:
    assert seconds_of(bin_number=bin_of(milliseconds=milliseconds)) == pytest.approx(
        milliseconds / 1000, rel=0.01
    )


def test_every_whole_second_of_a_day_is_within_one_per_cent() -> None:
    worst = max(
        abs(seconds_of(bin_number=bin_of(milliseconds=second * 1000)) - second) / second
        for second in range(1, 86_401)
    )

    assert worst < 0.01


def test_less_than_ten_milliseconds_is_nothing() -> None:
    assert [bin_of(milliseconds=value) for value in (0, 9, 10)] == [0, 0, 1]
    assert seconds_of(bin_number=0) == 0.0


def test_three_years_fit_into_a_small_integer() -> None:
    assert bin_of(milliseconds=3 * 366 * 86_400_000) == 1161


def test_bins_never_go_down_as_durations_go_up() -> None:
    durations = sorted(random.Random(5).randrange(10**10) for _ in range(5_000))
    bins = [bin_of(milliseconds=duration) for duration in durations]

    assert bins == sorted(bins)


def test_a_median_from_bins_is_within_one_per_cent_of_the_exact_one() -> None:
    generator = random.Random(7)
    durations = sorted(round(math.exp(generator.gauss(11, 2))) + 10 for _ in range(9_999))
    bins = sorted(bin_of(milliseconds=duration) for duration in durations)

    assert seconds_of(bin_number=bins[4_999]) == pytest.approx(durations[4_999] / 1000, rel=0.01)
    assert seconds_of(bin_number=bins[8_999]) == pytest.approx(durations[8_999] / 1000, rel=0.01)
