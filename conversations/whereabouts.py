"""Which page a visitor is on, as far as others may know it. Pure."""

from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from conversations.text import clean, one_line

URL_LENGTH: Final = 500
TITLE_LENGTH: Final = 200
# Of what follows a question mark only the names of campaigns are nobody's secret: the rest may be a search, an
# order, an address or a key.
CAMPAIGN: Final = "utm_"


def public_url(url: str, *, length: int = URL_LENGTH) -> str:
    """Return a page's address without fragment, password and query, save the campaign's; empty for anything else."""
    try:
        parts = urlsplit(clean(url).strip())
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    campaign = [(name, value) for name, value in parse_qsl(parts.query) if name.startswith(CAMPAIGN)]
    netloc = f"[{host}]{port}" if ":" in host else host + port
    return one_line(urlunsplit((parts.scheme, netloc, parts.path, urlencode(campaign), "")), length=length)


def page_of(page: Any) -> tuple[str, str]:
    """Return address and title of the page a browser says it is on; empty where it says nothing that can be used."""
    found = page if isinstance(page, dict) else {}
    url, title = found.get("url"), found.get("title")
    return (
        public_url(url) if isinstance(url, str) else "",
        one_line(clean(title), length=TITLE_LENGTH) if isinstance(title, str) else "",
    )
