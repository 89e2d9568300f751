"""JSON as RFC 8259 means it, and nothing that two parsers would read differently."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import IO, Any, Final, NoReturn

from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser

from tenants.errors import BadRequest, TooLarge

MAX_BODY: Final = 1024 * 1024
MAX_DEPTH: Final = 32
# No field holds a longer number, and converting a million digits takes minutes.
MAX_DIGITS: Final = 18
MAX_FLOAT: Final = 40


def parse_json(content: bytes) -> Any:
    """Return the value of a JSON document.

    Raises BadRequest for what is not UTF-8 or not JSON, for NaN and Infinity, numbers too long to be
    meant, a name twice in one object, text no database can hold, and nesting over MAX_DEPTH.
    """
    try:
        text = content.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadRequest(_("The body is not valid JSON.")) from error
    # Both can only come from an escape: raw, they are no JSON or no UTF-8.
    _check(value, may_have_escapes="\\u" in text)
    return value


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise BadRequest(_("A name stands twice in one object: %(name)s.") % {"name": name[:100]})
        made[name] = value
    return made


def _no_constant(text: str) -> NoReturn:
    raise BadRequest(_("%(text)s is not a JSON number.") % {"text": text})


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise BadRequest(_("A number is too long."))
    return int(text)


def _float(text: str) -> float:
    value = float(text) if len(text) <= MAX_FLOAT else math.inf
    if not math.isfinite(value):
        raise BadRequest(_("A number is too long."))
    return value


def _check(root: Any, *, may_have_escapes: bool) -> None:
    level: list[Any] = [root]
    for _depth in range(MAX_DEPTH):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += value.values()
                if may_have_escapes:
                    below += value.keys()
            elif isinstance(value, list):
                below += value
            elif may_have_escapes and isinstance(value, str):
                _check_text(value)
        if not below:
            return
        level = below
    raise BadRequest(_("The body is nested too deeply."))


def _check_text(text: str) -> None:
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise BadRequest(_("A text has characters that cannot be stored."))


class StrictJSONParser(BaseParser):
    """Reads a body of up to MAX_BODY bytes with ``parse_json``; no body is an empty object."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        content = stream.read(MAX_BODY + 1)
        if len(content) > MAX_BODY:
            raise TooLarge()
        return parse_json(content) if content.strip() else {}
