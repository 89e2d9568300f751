"""What the build made of the widget: scripts, style, and their texts in each language."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

BUILT: Final = Path("static") / "dist" / "widget"
PIECES: Final = ("loader.js", "panel.js", "panel.css", "panel.strings.json", "more.js", "more.strings.json")

Text = str | list[str]


class NotBuiltError(RuntimeError):
    """The browser side has not been built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The built pieces. ``panel_strings`` and ``more_strings``: msgids, or [one, many], in the scripts' numbering."""

    loader: str
    panel: str
    style: str
    more: str
    panel_strings: list[Text]
    more_strings: list[Text]

    @property
    def version(self) -> str:
        """Return a short hash of what is fetched apart from the document."""
        return hashlib.sha256((self.more + json.dumps(self.more_strings)).encode()).hexdigest()[:16]


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
    text = {name: (folder / name).read_text() for name in PIECES}
    return Bundle(
        loader=text["loader.js"],
        panel=text["panel.js"],
        style=text["panel.css"],
        more=text["more.js"],
        panel_strings=json.loads(text["panel.strings.json"]),
        more_strings=json.loads(text["more.strings.json"]),
    )


@lru_cache(maxsize=8)
def _translation(language: str) -> DjangoTranslation:
    return DjangoTranslation(language, domain="djangojs", localedirs=settings.LOCALE_PATHS)


def in_language(strings: list[Text], language: str) -> list[Text]:
    """Return the texts of a script in a language; the English of the code where there is no translation."""
    if language == "en":
        return strings
    translation = _translation(language)
    return [
        _forms(translation, text) if isinstance(text, list) else translation.gettext(text) for text in strings
    ]


def _forms(translation: DjangoTranslation, text: list[str]) -> list[str]:
    one, many = text
    forms: list[str] = []
    while (form := translation._catalog.get((one, len(forms)))) is not None:  # noqa: SLF001  gettext lists no forms
        forms.append(form)
    return forms or [one, many]
