"""The scripts of the demo's conversations, one file a language.

A script begins with ``# tags | team | how happy (1 to 5)``; then lines of the visitor (``<``), of the
operator (``>``) and notes (``!``). Placeholders: {name} the visitor, {operator}, {order}, {city}, {day}.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "scripts"
LANGUAGES: Final = ("en", "lt", "fa", "ar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One entry: who says it (``visitor``, ``operator`` or ``note``) and what."""

    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    tags: tuple[str, ...]
    team: str
    mood: int
    turns: tuple[Turn, ...]

    @property
    def text(self) -> str:
        return "\n".join(turn.text for turn in self.turns)


_SPEAKERS: Final = {"<": "visitor", ">": "operator", "!": "note"}


@cache
def scripts_in(language: str) -> tuple[Script, ...]:
    """Return every script of a language."""
    text = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    return tuple(_parsed(block) for block in text.split("# ")[1:])


def _parsed(block: str) -> Script:
    head, *lines = block.strip().splitlines()
    tags, team, mood = (part.strip() for part in head.split("|"))
    return Script(
        tags=tuple(tag.strip() for tag in tags.split(",")),
        team=team,
        mood=int(mood),
        turns=tuple(Turn(who=_SPEAKERS[line[0]], text=line[2:]) for line in lines),
    )
