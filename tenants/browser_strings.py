"""The texts of a page's scripts: the build makes one array a language, in the order the scripts count them."""

import json
from functools import cache
from typing import cast

from django.conf import settings

Strings = list[str | list[str]]


@cache
def _places() -> dict[str, str]:
    path = settings.BASE_DIR / "static" / "dist" / "strings.json"
    return cast("dict[str, str]", json.loads(path.read_text()))


def strings_url(*, language: str) -> str:
    """The address of the texts of our own pages in ``language``, for the script; its name carries a hash."""
    places = _places()
    return f"{settings.STATIC_URL}dist/{places.get(language, places['en'])}"
