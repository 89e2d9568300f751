"""Any brand colour, and still readable text: inks computed by WCAG 2.2's contrast ratio. Pure."""

from collections.abc import Sequence
from typing import Final

# The surfaces of the panel's style sheet.
LIGHT: Final = "#ffffff"
DARK: Final = "#131a23"
INKS: Final = ("#ffffff", "#0b1220", "#000000")
READABLE: Final = 4.5
# Words in the accent colour also stand on a tint of it, which costs some contrast.
ON_TINT: Final = 5.2


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _towards(colour: str, pole: str, surface: str) -> str:
    """Return the colour, moved towards ``pole`` only as far as it takes to be read on ``surface``."""
    for step in range(21):
        moved = _mixed(colour, pole, step / 20)
        if contrast(moved, surface) >= ON_TINT:
            return moved
    return pole


def ink_on(colour: str) -> str:
    """Return the ink that can be read on a colour: white while it can, else the softest dark one that can."""
    return next(ink for ink in INKS if contrast(ink, colour) >= READABLE)


def accents(colour: str) -> Sequence[str]:
    """Return the colour as words: readable on the light surface, and on the dark one."""
    return _towards(colour, "#000000", LIGHT), _towards(colour, "#ffffff", DARK)
