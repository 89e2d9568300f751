"""Direction and safety of what stands in headers and plain parts."""

import pytest
from django.utils import translation

from tenants.mail.wording import first_strong, header_text, isolated, plain_text, subject_line
from tenants.templatetags.mail import isolate, unbroken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلام Ann", "rtl"),
        ("Ann سلام", "ltr"),
        ("123 سلام", "rtl"),
        ("\u200fhello", "rtl"),
        ("#12345 👍", ""),
        ("\u2068Ann\u2069 سلام", "rtl"),
    ],
)
def test_the_first_strong_letter_tells_the_direction(text: str, expected: str) -> None:
    assert first_strong(text) == expected


def test_a_persian_subject_that_begins_with_a_latin_name_stays_right_to_left() -> None:
    assert subject_line("Acme به شما پاسخ داد", language="fa") == "\u200fAcme به شما پاسخ داد"


def test_a_persian_subject_that_begins_in_persian_gets_no_mark() -> None:
    assert subject_line("پاسخ Acme", language="fa") == "پاسخ Acme"


def test_an_english_subject_gets_no_mark() -> None:
    assert subject_line("Acme answered", language="en") == "Acme answered"


def test_overrides_and_line_breaks_are_taken_out_of_headers() -> None:
    assert header_text("exe.\u202egpj\r\nBcc: x", length=50) == "exe. gpj Bcc: x"


def test_a_cut_subject_closes_its_isolates() -> None:
    line = subject_line(isolated("a" * 300), language="en")

    assert (len(line), line[0], line[-2:]) == (201, "\u2068", "…\u2069")


def test_mixed_lines_of_a_right_to_left_mail_begin_with_a_mark() -> None:
    text = plain_text("سلام\n\n\n\nAcme پاسخ داد\nhttp://localhost/", language="ar")

    assert text == "سلام\n\n\u200fAcme پاسخ داد\nhttp://localhost/\n"


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", "Ann & Co", "Ann & Co"),
        ("lt", "12 %", "12 %"),
        ("en", "سارا", "\u2068سارا\u2069"),
        ("en", "\u202eevil", "\u2068\u202eevil\u2069"),
        ("fa", "Ann", "\u2068Ann\u2069"),
        ("ar", "−12 %", "\u2068−12 %\u2069"),
    ],
)
def test_a_value_is_kept_apart_only_where_directions_can_meet(language: str, value: str, shown: str) -> None:
    with translation.override(language):
        assert isolate(value) == shown


def test_a_code_in_a_heading_stays_in_one_piece_and_harmless() -> None:
    assert unbroken("Your <b> code: AB-CD!", "AB-CD") == (
        'Your &lt;b&gt; code: <span class="unbroken" dir="ltr">AB-CD</span>!'
    )
    assert (unbroken("Nothing here", "AB-CD"), unbroken("No code", "")) == ("Nothing here", "No code")
