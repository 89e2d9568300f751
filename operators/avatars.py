"""A person's picture while there is none: two letters on a colour of their own."""

from typing import Final
from zlib import crc32

TINTS: Final = 8


def initials(name: str) -> str:
    """Return up to two letters that stand for a name."""
    words = name.split()
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


def tint(seed: str) -> int:
    """Return the number of the avatar colour that always goes with ``seed`` (an id)."""
    return crc32(seed.encode()) % TINTS
