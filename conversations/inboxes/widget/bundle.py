"""What the build made of the widget: scripts, style, and the panel's texts in each language."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

BUILT: Final = Path("static") / "dist" / "widget"
PIECES: Final = ("loader.js", "panel.js", "panel.css", "more.js", "poll.js", "screens.js")

Texts = list[str | list[str]]


class NotBuiltError(RuntimeError):
    """The browser side has not been built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The built pieces. ``texts`` by language, in the scripts' numbering: a text, or its plural forms."""

    loader: str
    panel: str
    style: str
    more: str
    poll: str
    screens: str
    texts: dict[str, Texts]

    @property
    def version(self) -> str:
        """Return a short hash of what is fetched apart from the document."""
        return hashlib.sha256((self.more + self.screens).encode()).hexdigest()[:16]

    def texts_in(self, language: str) -> Texts:
        """Return the panel's texts in a language; in English where it has no catalogue."""
        return self.texts.get(language, self.texts["en"])


def csp_hash(text: str) -> str:
    """Return the source expression that allows exactly this inline text."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def bundle() -> Bundle:
    """Return what is built now. Raises NotBuiltError with the command to run."""
    folder = Path(settings.BASE_DIR) / BUILT
    try:
        stamp = tuple((folder / name).stat().st_mtime_ns for name in PIECES)
    except FileNotFoundError as error:
        raise NotBuiltError(f"{error.filename} is missing: run `npm run build`") from error
    return _read(folder, stamp)


@lru_cache(maxsize=2)
def _read(folder: Path, stamp: tuple[int, ...]) -> Bundle:
    text = {name: (folder / name).read_text(encoding="utf-8") for name in PIECES}
    return Bundle(
        loader=text["loader.js"],
        panel=text["panel.js"],
        style=text["panel.css"],
        more=text["more.js"],
        poll=text["poll.js"],
        screens=text["screens.js"],
        texts={
            file.name.split(".")[1]: json.loads(file.read_text(encoding="utf-8"))
            for file in folder.glob("panel.*.json")
        },
    )
