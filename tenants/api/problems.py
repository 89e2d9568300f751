"""Every refusal of the API as one of our errors, and so as an RFC 9457 problem."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from rest_framework import exceptions

from tenants import errors


def domain_error(error: Exception) -> errors.DomainError | None:
    """Return the refusal an exception stands for; None for one that is a fault of ours."""
    match error:
        case errors.DomainError():
            return error
        case exceptions.ValidationError():
            return errors.BadRequest(errors=dict(_messages(error.detail)))
        case exceptions.ParseError():
            return errors.BadRequest(_("The body cannot be read."))
        case exceptions.MethodNotAllowed():
            return errors.MethodNotAllowed()
        case exceptions.UnsupportedMediaType():
            return errors.UnsupportedMediaType()
        case RequestDataTooBig():
            return errors.TooLarge()
        case MultiPartParserError() | SuspiciousOperation() | UnreadablePostError():
            return errors.BadRequest(_("The body cannot be read."))
        case Http404():
            return errors.NotFound()
        case DjangoPermissionDenied():
            return errors.PermissionDenied()
    return None


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
