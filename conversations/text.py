"""Text of many languages: folding for search, direction for display."""

import re
import unicodedata
from typing import Final, Literal

Direction = Literal["ltr", "rtl", "auto"]

# Nobody searches for more words at once.
MAX_WORDS: Final = 8

_INVISIBLE: Final = dict.fromkeys(
    [
        *(0x200E, 0x200F, 0x061C, 0xFEFF, 0x00AD, 0x200D),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *(0x0640, 0x0621, 0x0670),
        *range(0x0610, 0x061B),
        *range(0x064B, 0x0660),
        *range(0x06D6, 0x06EE),
    ]
)
_LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys("يىېےئ", "ی"),
        "ك": "ک",
        **dict.fromkeys("ةۀہھ", "ه"),
        **dict.fromkeys("أإآٱ", "ا"),
        "ؤ": "و",
        **{chr(0x06F0 + n): str(n) for n in range(10)},
        **{chr(0x0660 + n): str(n) for n in range(10)},
        "٫": ".",
        "٬": None,
        "٪": "%",
        "؟": "?",
        "،": ",",
        "؛": ";",
        "\u200c": " ",
    }
)


def fold(text: str) -> str:
    """Return text as search compares it; the stored text is never changed.

    NFKC; bidi controls, harakat and tatweel removed; a half-space becomes a space; Arabic and
    Persian letter variants and digits unified; Latin diacritics dropped; case folded; white space
    collapsed.
    """
    if text.isascii():  # nothing of all that but case and white space
        return " ".join(text.lower().split())
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_LETTERS)
    text = unicodedata.normalize("NFD", text.replace("İ", "i"))
    text = "".join(char for char in text if not unicodedata.combining(char))
    # NFD takes the hamza off composed letters a second time round.
    return " ".join(text.translate(_LETTERS).casefold().split())


def words_of(query: str) -> list[str]:
    """Return the folded words of a query, at most MAX_WORDS."""
    return fold(query).split()[:MAX_WORDS]


# What does not tell the direction of a text: addresses, mentions, code, numbers. An address is looked for at the
# beginning of a word, up to its first @, only: from every letter on, ten thousand of them would take minutes.
_NEUTRAL: Final = re.compile(
    r"https?://\S+|www\.\S+|(?<!\S)\S[^\s@]*@\S+\.\S+|[@#]\w+|`[^`]*`|^>\s*", re.MULTILINE
)


def direction_of(text: str) -> Direction:
    """Return the direction of a text by its first strong letter (UAX #9, P2), links and mentions skipped.

    "auto" when no letter tells it.
    """
    for char in _NEUTRAL.sub(" ", text):
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "auto"


_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(text: str) -> str:
    """Return what may be stored: no control characters or lone surrogates, Unix line ends, ends trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "replace").decode("utf-8")
    return _CONTROLS.sub("", text).strip()


def one_line(text: str, *, length: int) -> str:
    """Return text on one line, cut at ``length`` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
