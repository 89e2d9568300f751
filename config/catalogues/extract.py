"""The marked texts of the sources: Python by its syntax tree, templates through Django, TypeScript through Node."""

import ast
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

from config.local.places import ROOT

APPS = ("config", "tenants", "operators", "conversations", "analytics")


@dataclass(frozen=True, slots=True)
class Text:
    """One marked text. ``file`` is relative to the repository's root."""

    msgid: str
    plural: str | None
    context: str | None
    file: str


class MarkingError(Exception):
    """A text is marked in a way that cannot be translated; the message names the place."""


# Function -> the order of its arguments.
_FUNCTIONS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("msgid",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("msgid", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "msgid")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "msgid", "plural")),
}


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def python_texts(*, source: str, file: str) -> Iterator[Text]:
    """The texts of one Python file.

    A call with a name or an attribute is left alone: its text was marked where it was written (``gettext_noop``).

    Raises:
        MarkingError: a text is put together before it is looked up, so no catalogue can have it.
    """
    for node in ast.walk(ast.parse(source, filename=file)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        order = _FUNCTIONS.get(name)
        if order is None:
            continue
        for argument in node.args[: len(order)]:
            if isinstance(argument, ast.JoinedStr | ast.BinOp):
                message = (
                    f"{file}:{argument.lineno}: put the values in after the look-up: {name}('...') % {{...}}"
                )
                raise MarkingError(message)
        values = dict(zip(order, map(_literal, node.args), strict=False))
        if values.get("msgid"):
            yield Text(
                msgid=values["msgid"] or "",
                plural=values.get("plural"),
                context=values.get("context"),
                file=file,
            )


_STRING = r"""(?:[uU]?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
_CALL = re.compile(rf"\b(?:_|n?p?gettext)\(\s*{_STRING}(?:\s*,\s*(?:{_STRING}|\w+))*\s*\)", re.DOTALL)


def template_texts(*, source: str, file: str) -> Iterator[Text]:
    """The texts of one template: ``translate``, ``blocktranslate`` with plural and context, ``_()`` in tags."""
    for call in _CALL.findall(templatize(source, origin=file)):
        yield from python_texts(source=call, file=file)


def browser_texts() -> Iterator[Text]:
    """The texts of ``static/``, one for each file that has it.

    Raises:
        MarkingError: what the TypeScript side found wrong.
    """
    run = "(await import('vite')).runnerImport('./static/i18n/extract.ts')"
    result = subprocess.run(
        ["node", "--input-type=module", "--eval", run], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise MarkingError(result.stderr.strip())
    for entry in json.loads(result.stdout):
        for file in entry["files"]:
            yield Text(msgid=entry["msgid"], plural=entry["plural"], context=None, file=file)


def _read(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in sorted(paths):
        yield path.read_text(), path.relative_to(ROOT).as_posix()


def server_texts() -> Iterator[Text]:
    """The texts of the apps and of ``templates/``."""
    for app in APPS:
        for source, file in _read((ROOT / app).rglob("*.py")):
            yield from python_texts(source=source, file=file)
    for pattern in ("*.html", "*.txt", "*.xml"):
        for source, file in _read((ROOT / "templates").rglob(pattern)):
            yield from template_texts(source=source, file=file)


def texts(domain: str) -> list[Text]:
    """Every marked text of ``django`` or ``djangojs``."""
    return list(server_texts() if domain == "django" else browser_texts())
