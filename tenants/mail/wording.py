"""What mail clients need to show text of both directions right, and what must never reach a header."""

import re
import unicodedata
from typing import Final

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa"})
RLM: Final = "\u200f"
_ISOLATE: Final = "\u2068"
_POP: Final = "\u2069"
# Control characters, line and paragraph separators, and the embeddings and overrides that turn text round.
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\u202a-\u202e]+")
_TURNING: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"})
MAX_SUBJECT: Final = 200


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def header_text(text: str, *, length: int) -> str:
    """Return text that is safe in a header: one line, no control characters, cut with an ellipsis."""
    line = " ".join(_UNSAFE.sub(" ", text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def isolated(text: str) -> str:
    """Return text that keeps its own direction inside a sentence of the other (UAX #9, FSI and PDI)."""
    return f"{_ISOLATE}{text}{_POP}" if text else text


def reads_rightwards(text: str) -> bool:
    """Tell whether nothing in a text is written from right to left, and nothing in it turns text round."""
    return not any(unicodedata.bidirectional(char) in _TURNING for char in text)


def subject_line(text: str, *, language: str) -> str:
    """Return a subject whose direction is that of its language.

    Clients take it from the first strong letter, so a subject in Arabic that begins with an English
    name would come out left to right.
    """
    line = header_text(text, length=MAX_SUBJECT)
    # Cutting may have taken the end of an isolate away.
    line += _POP * (line.count(_ISOLATE) - line.count(_POP))
    if direction(language) == "rtl" and first_strong(line) != "rtl":
        return RLM + line
    return line


def plain_text(text: str, *, language: str) -> str:
    """Return the plain part: mixed lines of a right-to-left mail begin with a mark; no empty lines pile up."""
    # "-- " with its blank is what tells clients that a signature follows.
    lines = [line if line == "-- " else line.rstrip() for line in text.strip().splitlines()]
    if direction(language) == "rtl":
        lines = [RLM + line if _is_mixed(line) else line for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def first_strong(text: str) -> str:
    """Return the direction of the first strong letter, isolates skipped; "" when there is none (UAX #9, P2)."""
    depth = 0
    for char in text:
        if char in "\u2066\u2067\u2068":
            depth += 1
        elif char == _POP:
            depth = max(0, depth - 1)
        elif depth == 0:
            kind = unicodedata.bidirectional(char)
            if kind in ("R", "AL"):
                return "rtl"
            if kind == "L":
                return "ltr"
    return ""


def _is_mixed(line: str) -> bool:
    kinds = {unicodedata.bidirectional(char) for char in line}
    return "L" in kinds and bool(kinds & {"R", "AL"}) and first_strong(line) != "rtl"
