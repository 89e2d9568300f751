"""What must be true after a fault: nothing that was acknowledged is lost, nothing is there or shown twice."""

from collections import Counter
from collections.abc import Sequence

from tests.faults.tab import Tab


def faults(*, said: Sequence[str], kept: Sequence[str], tabs: Sequence[Tab]) -> list[str]:
    """Return every fault, in words; none when all is well.

    ``kept``: the conversation as it is stored, in its order. Every tab must show exactly that.
    """
    found = [f"stored twice: {text}" for text in _twice(kept)]
    found += [f"never stored: {text}" for text in said if text not in kept]
    found += [f"stored, and nobody said it: {text}" for text in kept if text not in said]
    for tab in tabs:
        found += [f"acknowledged and lost: {text}" for text in tab.acknowledged.values() if text not in kept]
        found += [f"shown twice: {text}" for text in _twice(tab.shown)]
        found += [f"never shown: {text}" for text in kept if text not in tab.shown]
        if Counter(tab.shown) == Counter(kept) and tab.shown != list(kept):
            found.append("shown in another order than stored")
    return found


def _twice(texts: Sequence[str]) -> list[str]:
    return [text for text, count in Counter(texts).items() if count > 1]
