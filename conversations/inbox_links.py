"""The links an inbox's home shows: what each is called, and where it leads. Pure."""

from typing import Any, Final, TypedDict
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from conversations.text import clean, one_line
from tenants.digits import own_digits

MAX_LINKS: Final = 5
MAX_TITLE: Final = 60
MAX_URL: Final = 500


class LinkShape(TypedDict):
    title: str
    url: str


def checked_links(given: Any) -> list[LinkShape]:
    """Return links as they are kept. Raises ValueError saying what is wrong with them."""
    if not isinstance(given, list) or len(given) > MAX_LINKS:
        raise ValueError(own_digits(_("Up to %(number)d links.") % {"number": MAX_LINKS}))
    return [_link(one) for one in given]


def _link(given: Any) -> LinkShape:
    title, url = (given.get("title"), given.get("url")) if isinstance(given, dict) else (None, None)
    if not isinstance(title, str) or not isinstance(url, str):
        raise ValueError(_("Each link has a title and a url."))  # noqa: TRY004  said to a person
    name, address = one_line(clean(title), length=1000), url.strip()
    if not 0 < len(name) <= MAX_TITLE:
        raise ValueError(
            own_digits(_("A link's title has from 1 to %(limit)d characters.") % {"limit": MAX_TITLE})
        )
    if not _is_address(address):
        raise ValueError(_("A link's address begins with https:// or http://."))
    return {"title": name, "url": address}


def _is_address(url: str) -> bool:
    """Tell whether this is a page somewhere, with nothing in it that hides where."""
    if len(url) > MAX_URL or any(letter.isspace() or not letter.isprintable() for letter in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def lines_of_links(links: list[LinkShape]) -> str:
    """Return links as somebody writes them, one a line: the title, a blank, the address."""
    return "\n".join(f"{link['title']} {link['url']}" for link in links)


def links_of_lines(text: str) -> list[dict[str, str]]:
    """Return what ``lines_of_links`` wrote, not checked yet: the last word of a line is the address."""
    made = []
    for line in text.splitlines():
        title, _blank, url = line.strip().rpartition(" ")
        if title or url:
            made.append({"title": title.strip(), "url": url})
    return made
