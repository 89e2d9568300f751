"""Which pages may open a socket. The whole origin is compared, scheme and port included."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings


def origin_of(scope: Mapping[str, Any]) -> str | None:
    """Return the Origin header of a handshake; None when there is none (no browser)."""
    for name, value in scope["headers"]:
        if name == b"origin":
            return str(value.decode("latin-1")).rstrip("/")
    return None


def operator_origin_is_allowed(scope: Mapping[str, Any]) -> bool:
    """An operator's socket carries a cookie: only our own pages may open it."""
    return origin_of(scope) == settings.PARLEY_ORIGIN.rstrip("/")


def contact_origin_is_allowed(scope: Mapping[str, Any]) -> bool:
    """A contact's socket is opened by the panel, which lives on our own origins, or by a program."""
    own = {settings.PARLEY_ORIGIN.rstrip("/"), settings.PARLEY_WIDGET_ORIGIN.rstrip("/")}
    return origin_of(scope) in (None, *own)
