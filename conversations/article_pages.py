"""On which pages an article is suggested: patterns like ``/delivery*`` or ``shop.example/checkout/*``. Pure."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from tenants.digits import own_digits
from tenants.errors import BadRequest

MAX_PATTERNS: Final = 20
MAX_PATTERN: Final = 200
MAX_URL: Final = 2000


def checked_pages(given: Sequence[str]) -> list[str]:
    """Return patterns as they are kept: without scheme, query and blanks, each once. Raises BadRequest."""
    made = [pattern for line in given if (pattern := _pattern(line))]
    if len(made) > MAX_PATTERNS or any(len(pattern) > MAX_PATTERN for pattern in made):
        limits = {"number": MAX_PATTERNS, "limit": MAX_PATTERN}
        detail = own_digits(_("Up to %(number)d pages, of up to %(limit)d characters each.") % limits)
        raise BadRequest(errors={"pages": [detail]})
    return list(dict.fromkeys(made))


def _pattern(line: str) -> str:
    text = line.strip()
    _scheme, found, rest = text.partition("://")
    text = (rest if found else text).partition("?")[0].partition("#")[0]
    text = unquote(text).lower()
    return text.rstrip("/") or ("/" if text else "")


def matches(patterns: Sequence[str], url: str) -> bool:
    """Tell whether an address lies on one of the pages.

    ``*`` stands for anything; a pattern with a host in front (``*.shop.example/cart``) is held against host and path,
    one that begins with ``/`` or is all ``*`` against the path on any host. Case, a slash at the
    end, query and fragment do not count.
    """
    if not patterns:
        return False
    try:
        parts = urlsplit(url[:MAX_URL])
    except ValueError:
        return False
    path = unquote(parts.path).lower().rstrip("/") or "/"
    host = parts.netloc.rpartition("@")[2].lower()
    whole = f"{host}{path}".rstrip("/")
    return any(_fits(one, path if _is_path(one) else whole) for one in patterns)


def _is_path(pattern: str) -> bool:
    return pattern.startswith(("/", "*")) and not pattern.startswith("*.")


def _fits(pattern: str, text: str) -> bool:
    """Match with ``*`` alone, in a time that grows with the text only."""
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == text
    if not text.startswith(first):
        return False
    *middle, last = rest
    at = len(first)
    for part in middle:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(text) - at >= len(last) and text.endswith(last)
