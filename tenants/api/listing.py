"""How every list of the API answers: a page of results and the cursor of the next."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet

from tenants.paging import keyset_page

M = TypeVar("M", bound=models.Model)


def listing(
    rows: QuerySet[M], *, order: tuple[str, ...], query: Mapping[str, Any], shape: Callable[[M], Any]
) -> dict[str, Any]:
    """Return the page of ``rows`` that the ``cursor`` and ``limit`` of ``query`` ask for, each row in its shape.

    ``order`` is that of ``tenants.paging.keyset_page``. Raises BadRequest for a cursor that is not ours.
    """
    found, following = keyset_page(rows, order=order, cursor=query.get("cursor"), limit=query["limit"])
    return {"results": [shape(row) for row in found], "next": following}
