"""The network address of a client, believed only as far as the configured proxies."""

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings


def _valid(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None


def client_address(*, peer: str | None, forwarded_for: Iterable[str]) -> str | None:
    """Return the client's address.

    ``peer`` is the socket's other end; ``forwarded_for`` the X-Forwarded-For entries, nearest last.
    With n trusted proxies the n-th entry from the right is the client: what stands left of it was
    written by anyone.
    """
    hops = settings.PARLEY_TRUSTED_PROXIES
    entries = [entry for entry in forwarded_for if entry.strip()]
    if hops and len(entries) >= hops:
        return _valid(entries[-hops]) or _valid(peer or "")
    return _valid(peer or "")


def address_of(scope: Mapping[str, Any]) -> str | None:
    """Return the client's address of an ASGI connection."""
    forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    peer = scope.get("client")
    return client_address(peer=peer[0] if peer else None, forwarded_for=",".join(forwarded).split(","))
