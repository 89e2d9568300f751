"""CSV: nothing runs as a formula, nothing is lost, numbers stay numbers."""

import csv
import io

import pytest

from analytics.exports import cell, csv_text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "＠x"],
)
def test_a_text_that_could_run_is_held_back_by_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Vera", "a=b", "1-2", "سلام", ""])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_numbers_keep_their_sign_and_nothing_is_empty() -> None:
    assert [cell(value) for value in (-5, 1.26, None, True)] == [-5, 1.3, "", "true"]


def test_a_file_begins_with_the_byte_order_mark_and_reads_back() -> None:
    text = csv_text(columns=("name", "n"), rows=[('Ve"ra, \nŽ', 3)])

    assert text.startswith("\ufeffname,n\r\n")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))) == [
        ["name", "n"],
        ['Ve"ra, \nŽ', "3"],
    ]
