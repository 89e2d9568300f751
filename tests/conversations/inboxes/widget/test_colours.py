"""Whatever colour a business picks, its visitors can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.inboxes.widget.colours import DARK, LIGHT, ON_TINT, READABLE, accents, contrast, ink_on

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(colours)
def test_the_ink_on_any_colour_can_be_read(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= READABLE


@given(colours)
def test_the_colour_as_words_can_be_read_on_both_surfaces(colour: str) -> None:
    light, dark = accents(colour)
    assert contrast(light, LIGHT) >= ON_TINT
    assert contrast(dark, DARK) >= ON_TINT


@pytest.mark.parametrize(
    ("colour", "ink"),
    [("#0f766e", "#ffffff"), ("#ffe000", "#0b1220"), ("#000000", "#ffffff"), ("#ffffff", "#0b1220")],
)
def test_white_is_used_while_it_can_be_read(colour: str, ink: str) -> None:
    assert ink_on(colour) == ink


def test_a_colour_that_can_be_read_already_is_left_alone() -> None:
    assert accents("#0f766e")[0] == "#0f766e"
