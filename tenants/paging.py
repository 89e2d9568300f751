"""Pages by cursor: the place of the last row, not a count of rows, so that new rows shift nothing."""

import base64
import binascii
import json
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tenants.errors import BadRequest
from tenants.events.registry import as_json

MAX_PAGE: Final = 100
MAX_CURSOR: Final = 500
M = TypeVar("M", bound=models.Model)


def bad_cursor() -> BadRequest:
    return BadRequest(errors={"cursor": [_("This cursor is not valid.")]})


def encode_cursor(*parts: str) -> str:
    """Return the cursor of a place in an order."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *, parts: int) -> list[str]:
    """Return the parts of a cursor. Raises BadRequest for one that is not ours."""
    if len(cursor) > MAX_CURSOR:
        raise bad_cursor()
    try:
        made = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise bad_cursor() from error
    if not isinstance(made, list) or len(made) != parts:
        raise bad_cursor()
    if not all(isinstance(part, str) and "\x00" not in part and part.isprintable() for part in made):
        raise bad_cursor()
    return made


def keyset_page(
    rows: QuerySet[M], *, order: tuple[str, ...], cursor: str | None, limit: int
) -> tuple[list[M], str | None]:
    """Return a page of rows and the cursor of the next, None at the end.

    ``order`` names fields of the row itself, "-" for descending; the last must be unique. None of
    them may be null. Raises BadRequest for a cursor that is not ours.
    """
    limit = max(1, min(limit, MAX_PAGE))
    if cursor is not None:
        rows = rows.filter(_beyond(rows.model, order, decode_cursor(cursor, parts=len(order))))
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], encode_cursor(*(str(as_json(getattr(last, name.lstrip("-")))) for name in order))


def _beyond(model: type[models.Model], order: tuple[str, ...], parts: list[str]) -> Q:
    """Return what lies behind a place: (a, b) > (x, y) is a >= x and (a > x or b > y)."""
    beyond = Q()
    for name, part in reversed(list(zip(order, parts, strict=True))):
        field = name.lstrip("-")
        sign = "lt" if name.startswith("-") else "gt"
        value = _value(model, field, part)
        strictly = Q(**{f"{field}__{sign}": value})
        beyond = strictly if not beyond else Q(**{f"{field}__{sign}e": value}) & (strictly | beyond)
    return beyond


def _value(model: type[models.Model], name: str, part: str) -> Any:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if isinstance(field, models.GeneratedField):
        field = field.output_field
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model.__name__}")
    try:
        value = field.to_python(part)
    except (ValidationError, ValueError, OverflowError) as error:
        raise bad_cursor() from error
    if isinstance(field, models.DateTimeField) and getattr(value, "tzinfo", None) is None:
        raise bad_cursor()
    return value
