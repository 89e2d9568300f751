"""Which sites may carry a widget. The browser enforces it: the panel names them as its frame ancestors."""

from urllib.parse import urlsplit

from django.conf import settings

from conversations.models import Inbox


def frame_ancestors(inbox: Inbox) -> str:
    """Return the sources of the ``frame-ancestors`` directive; any site when the inbox lists none."""
    if not inbox.allowed_domains:
        return "*"
    hosts = [f"{scheme}://{host}" for host in inbox.allowed_domains for scheme in ("https", "http")]
    return " ".join(["'self'", settings.PARLEY_ORIGIN, *hosts])


def host_of(url: str) -> str:
    """Return host and port of an address; empty when it has none (files, blank pages)."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()[:253]
    except ValueError:
        return ""


def is_own(host: str) -> bool:
    return host in {host_of(settings.PARLEY_ORIGIN), host_of(settings.PARLEY_WIDGET_ORIGIN)}


def may_embed(inbox: Inbox, host: str) -> bool:
    """Tell whether a page on this host (with its port, if any) may carry the inbox's widget."""
    if not inbox.allowed_domains or is_own(host):
        return True
    name = host.partition(":")[0]
    for allowed in inbox.allowed_domains:
        wanted = host if ":" in allowed else name
        if wanted == allowed or (allowed.startswith("*.") and wanted.endswith(allowed[1:])):
            return True
    return False
