"""Durations in logarithmic bins: they add up exactly, and give any percentile within 1 %.

A bin is 2 % wide, so its geometric middle is at most 1 % away from anything in it. The idea is
that of DDSketch (Masson, Rim, Lee: VLDB 2019), without its limit on the number of bins: three years
of milliseconds need 1,161.
"""

import math
from typing import Final

GROWTH: Final = 1.02
# Shorter than this counts as nothing: bin 0.
SMALLEST_MS: Final = 10
_LOG_GROWTH: Final = math.log(GROWTH)


def bin_of(*, milliseconds: int) -> int:
    """Return the bin of a duration: 0 below 10 ms, then 1, 2, ... each 2 % wide."""
    if milliseconds < SMALLEST_MS:
        return 0
    return 1 + math.floor(math.log(milliseconds / SMALLEST_MS) / _LOG_GROWTH)


def seconds_of(*, bin_number: int) -> float:
    """Return the geometric middle of a bin in seconds; 0 for bin 0."""
    if bin_number <= 0:
        return 0.0
    return SMALLEST_MS / 1000 * math.exp((bin_number - 0.5) * _LOG_GROWTH)
