"""Folding and direction, with the vectors of the languages Parley speaks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.text import clean, direction_of, fold, one_line


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("كتابي", "کتابی"),
        ("می‌شود", "می شود"),
        ("شمارهٔ سفارش ۱۲۳۴", "شماره سفارش 1234"),
        ("خانهٔ", "خانه"),
        ("أحمد", "احمد"),
        ("آدرس", "ادرس"),
        ("مُحَمَّد", "محمد"),
        ("مصطفى", "مصطفی"),
        ("مصطفي", "مصطفی"),
        ("شركة", "شرکه"),
        ("شرکه", "شرکه"),
        ("ﻻ", "لا"),
        ("Užsakymas", "uzsakymas"),
        ("ĮMONĖ", "imone"),
        ("İstanbul", "istanbul"),
        ("STRAẞE", "strasse"),
        ("٪۵٫۵", "%5.5"),
        ("۱٬۲۳۴٫۵", "1234.5"),
        ("مسئول", "مسیول"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("سلام Ann", "rtl"),
        ("Ann سلام", "ltr"),
        ("123 سلام", "rtl"),
        ("https://x.lt سلام", "rtl"),
        ("@user سلام", "rtl"),
        ("ann@x.lt سلام", "rtl"),
        ("@ann@x.lt سلام", "rtl"),
        ("ann@x سلام", "ltr"),
        ("`code`,ann@x.lt سلام", "rtl"),
        ("👍", "auto"),
        ("#12345", "auto"),
        ("+370 600", "auto"),
        ("۱۲۳", "auto"),
        ("", "auto"),
    ],
)
def test_direction(text: str, direction: str) -> None:
    assert direction_of(text) == direction


def test_clean_removes_what_cannot_be_stored() -> None:
    assert clean("a\x00b\r\nc\ud800 \x1b[0m ") == "ab\nc? [0m"


def test_a_snippet_is_one_line_and_says_that_it_was_cut() -> None:
    assert one_line("a\n\n b   c", length=10) == "a b c"
    assert one_line("x" * 200, length=160) == "x" * 159 + "…"


@pytest.mark.parametrize(
    "unit", [".", "@", "a@", "@.", "`", "`a@", "#", ">\n", "www.", "a.b@", "https://", "ـ", "1 "]
)
def test_the_direction_of_the_longest_text_is_found_at_once(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    begun = time.process_time()
    direction_of(text)
    assert time.process_time() - begun < 0.1
