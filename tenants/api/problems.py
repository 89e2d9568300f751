"""Every refusal of the API as one of our errors, and so as an RFC 9457 problem."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from rest_framework import exceptions

from tenants import errors

UNIQUE_VIOLATION: Final = "23505"


def _unreadable() -> errors.DomainError:
    return errors.BadRequest(_("The body cannot be read."))


# What frameworks raise, the most special first, and what it means here.
_MEANINGS: Final[tuple[tuple[type[Exception], Callable[[], errors.DomainError]], ...]] = (
    (exceptions.ParseError, _unreadable),
    (exceptions.MethodNotAllowed, errors.MethodNotAllowed),
    (exceptions.UnsupportedMediaType, errors.UnsupportedMediaType),
    (RequestDataTooBig, errors.TooLarge),
    (MultiPartParserError, _unreadable),
    (SuspiciousOperation, _unreadable),
    (UnreadablePostError, _unreadable),
    (Http404, errors.NotFound),
    (PermissionDenied, errors.PermissionDenied),
)


def domain_error(error: Exception) -> errors.DomainError | None:
    """Return the refusal an exception stands for; None for one that is a fault of ours."""
    if isinstance(error, errors.DomainError):
        return error
    if isinstance(error, exceptions.ValidationError):
        return errors.BadRequest(errors=dict(_messages(error.detail)))
    if isinstance(error, IntegrityError) and getattr(error.__cause__, "sqlstate", None) == UNIQUE_VIOLATION:
        # Two at the same moment: the check before the write saw nothing yet.
        return errors.Conflict(_("Somebody else has just made the same."))
    return next((meaning() for kind, meaning in _MEANINGS if isinstance(error, kind)), None)


def _messages(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield each field with what is wrong with it; ``a.b`` for a field within a field."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            own = "" if name == "non_field_errors" else str(name)
            yield from _messages(inner, ".".join(part for part in (path, own) if part))
    elif detail and isinstance(detail[0], dict):
        for number, inner in enumerate(detail):
            yield from _messages(inner, f"{path}.{number}")
    else:
        yield path, [str(message) for message in detail if message]
