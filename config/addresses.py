"""Turns the addresses in the environment into the shapes Django, Celery and channels-redis want."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a postgresql:// address; its query becomes libpq options (sslmode, ...)."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or options.pop("host", ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
    }


def pooled(settings: dict[str, Any], *, size: int) -> dict[str, Any]:
    """Return ``settings`` with a pool of at most ``size`` connections for each process; 0 is no pool."""
    if not size:
        return settings
    pool = {"min_size": min(2, size), "max_size": size, "timeout": 10, "max_idle": 300}
    return {**settings, "OPTIONS": {**settings["OPTIONS"], "pool": pool}}


def celery_broker(redis_url: str) -> str:
    """Return the broker address: kombu spells a unix socket redis+socket://PATH?virtual_host=N."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    query = dict(parse_qsl(parts.query))
    query["virtual_host"] = query.pop("db", "0")
    return f"redis+socket://{parts.path}?{urlencode(query)}"


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where outgoing mail goes."""

    host: str
    port: int
    user: str
    password: str
    tls_at_once: bool
    starttls: bool


def email(url: str) -> MailServer:
    """Return the server of an smtp:// or smtps:// address.

    With a user over smtp:// the connection is upgraded by STARTTLS first: a password never travels in the clear.
    """
    parts = urlsplit(url)
    tls_at_once = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if tls_at_once else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_at_once=tls_at_once,
        starttls=bool(parts.username) and not tls_at_once,
    )
