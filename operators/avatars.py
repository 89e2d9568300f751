"""A person's picture while there is none: a letter or two on a colour of their own.

The same rules as in ``static/shared/initials.ts`` and the console, so that nobody looks different on two pages.
"""

import unicodedata
from typing import Final
from zlib import crc32

TINTS: Final = 8


def initials(name: str) -> str:
    """Return the first letters of the first and the last word; words without a letter or number do not count.

    One letter alone where one is Arabic: two of them side by side would join into what looks like a word.
    """
    letters = [letter for word in name.split() if (letter := next(filter(str.isalnum, word), ""))]
    chosen = letters[:1] + letters[1:][-1:]
    if any(unicodedata.name(letter, "").startswith("ARABIC") for letter in chosen):
        return chosen[0]
    return "".join(chosen).upper()


def tint(seed: str) -> int:
    """Return the number of the avatar colour that always goes with ``seed`` (an id)."""
    return crc32(seed.encode()) % TINTS
