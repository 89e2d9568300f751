"""Operators' sessions: in the database, with a copy in the broker that makes reading cheap."""

from typing import Any

from django.contrib.sessions.backends import cached_db, db
from django.contrib.sessions.backends.base import UpdateError
from django.db import InterfaceError, OperationalError
from redis.exceptions import RedisError


class SessionStore(cached_db.SessionStore):
    """Django's, but a broker that is away costs the copy alone: theirs fails when it cannot put one there."""

    def load(self) -> dict[str, Any]:
        try:
            return super().load()
        except RedisError:
            return db.SessionStore.load(self)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's
        """Keep the session. Raises what the database raised: Django takes one that is away for a log-out meanwhile."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, InterfaceError | OperationalError):
                raise error.__context__ from None
            raise

    def exists(self, session_key: str) -> bool:
        try:
            return super().exists(session_key)
        except RedisError:
            return db.SessionStore.exists(self, session_key)
