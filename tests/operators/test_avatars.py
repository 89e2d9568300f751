"""The letters that stand for a person: the same table as in ``tests/static/console/thread.test.ts``."""

import pytest

from operators.avatars import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Vera Jonaitienė", "VJ"),
        ("Jean Luc Picard", "JP"),
        ("مریم احمدی", "م"),
        ("Sara احمدی", "S"),
        ("ألف (ب)", "أ"),
        ("šarūnas", "Š"),
        ("“Bob” O’Hara", "BO"),
        ("Visitor 7", "V7"),
        ("– !", ""),
        ("", ""),
    ],
)
def test_a_name_is_shortened_to_letters_that_do_not_join(name: str, letters: str) -> None:
    assert initials(name) == letters
