"""What time it is. Imports and the demo data write the past through the same actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("parley_clock", default=None)


def now() -> datetime:
    """Return the moment an action happens, aware, in UTC."""
    return _moment.get() or timezone.now()


@contextmanager
def happening_at(moment: datetime) -> Iterator[None]:
    """Let actions inside happen at ``moment`` (aware)."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
