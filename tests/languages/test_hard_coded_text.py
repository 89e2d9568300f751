"""Nothing people read is written past gettext. The browser's twin: tests/static/i18n/hard_coded.test.ts."""

import ast
import re
from collections.abc import Set as AbstractSet
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from config.catalogues.extract import APPS
from config.local.places import ROOT

WORD = re.compile(r"[^\W\d_]{2,}")
# Names, which are the same in every language, and what is code.
NAMES = {"Parley", "API", "CSV", "JSON", "HTML", "Esc", "Ctrl", "Enter"}
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title", "label"}
UNSPOKEN_ELEMENTS = {"script", "style", "code", "kbd", "pre", "svg"}
# The mail catcher is a tool of `make run`, for developers; so is what the API's schema says of a field and what a
# socket says of a frame that no page of ours sends.
FOR_DEVELOPERS = {"mail_catcher", "api"}
FRAMES = {"websocket.py", "consumers", "polling"}
TEMPLATES = [
    path
    for pattern in ("*.html", "*.txt")
    for path in sorted((ROOT / "templates").rglob(pattern))
    if not FOR_DEVELOPERS & set(path.parts)
]


def words(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if word not in NAMES]


class SpokenText(HTMLParser):
    """Collects what a reader sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.unspoken = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unspoken += tag in UNSPOKEN_ELEMENTS
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and words(value or ""):
                self.found.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self.unspoken -= tag in UNSPOKEN_ELEMENTS

    def handle_data(self, data: str) -> None:
        if not self.unspoken and words(data):
            self.found.append(data.strip())


def literal_text(source: str) -> str:
    """A template without its tags, variables, translated blocks, and blocks that fill a class attribute."""
    kept, depth, blocks = [], 0, []
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.TEXT:
            kept.append("" if depth or True in blocks else token.contents)
        elif token.token_type == TokenType.BLOCK:
            tag, *rest = token.contents.split()
            depth += tag in {"blocktranslate", "blocktrans", "comment"}
            depth -= tag in {"endblocktranslate", "endblocktrans", "endcomment"}
            if tag == "block":
                blocks.append(rest[0].endswith("_class"))
            elif tag == "endblock":
                blocks.pop()
    return "".join(kept)


def test_the_check_of_templates_sees_text_and_attributes() -> None:
    page = SpokenText()
    page.feed(
        literal_text(
            '<p title="Close it">{% translate "Fine" %} Not {{ fine }}</p><code>code</code>'
            '<a href="about.html" class="word">{% blocktranslate %}Fine{% endblocktranslate %}</a>'
        )
    )
    assert page.found == ["title=Close it", "Not"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_has_no_text_of_its_own(path: Path) -> None:
    page = SpokenText()
    page.feed(literal_text(path.read_text()))
    assert page.found == []


SHOWN_ARGUMENTS = {"label", "help_text", "empty_label", "error_message"}
SHOWN_CALLS = {
    "BadRequest",
    "Conflict",
    "Expired",
    "NotFound",
    "PermissionDenied",
    "TooLarge",
    "ValidationError",
}


def shown_literals(source: str, arguments: AbstractSet[str] = SHOWN_ARGUMENTS) -> list[str]:
    """Texts of forms, refusals and notices that are plain strings."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        shown = [keyword.value for keyword in node.keywords if keyword.arg in arguments]
        if name in SHOWN_CALLS:
            shown += node.args[:1]
        if owner == "messages":
            shown += node.args[1:2]
        for argument in shown:
            texts = [argument.value] if isinstance(argument, ast.Constant) else []
            if isinstance(argument, ast.JoinedStr):
                texts = [part.value for part in argument.values if isinstance(part, ast.Constant)]
            found += [text for text in texts if isinstance(text, str) and " " in text and words(text)]
    return found


def test_the_check_of_python_sees_labels_refusals_and_notices() -> None:
    assert shown_literals(
        """
CharField(label="Your name", help_text=_("Fine"))
raise NotFound("There is none.")
messages.success(request, f"Saved {name}.")
"""
    ) == ["Your name", "There is none.", "Saved "]


@pytest.mark.parametrize("app", APPS)
def test_forms_refusals_and_notices_are_marked(app: str) -> None:
    found = {}
    for path in sorted(
        path for path in (ROOT / app).rglob("*.py") if not {"migrations", *FRAMES} & set(path.parts)
    ):
        arguments = set() if FOR_DEVELOPERS & set(path.parts) else SHOWN_ARGUMENTS
        found[path.relative_to(ROOT).as_posix()] = shown_literals(path.read_text(), arguments)
    assert {path: texts for path, texts in found.items() if texts} == {}
