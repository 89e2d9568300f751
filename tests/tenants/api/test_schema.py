"""The OpenAPI document tells what the API does."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tenants.api.schema import METHODS, openapi
from tests.api import as_operator
from tests.cast import Cast


def lists() -> Iterator[str]:
    """Yield the addresses below /api/v1/ that can be read without an id."""
    for path, item in openapi()["paths"].items():
        if "get" in item and "{" not in path:
            yield path.removeprefix("/api/v1/")


@pytest.mark.parametrize("path", sorted(lists()))
def test_an_admin_may_read_every_list(cast: Cast, path: str) -> None:
    unread = '{"all": [{"field": "unread", "op": "is", "value": true}]}'
    needs = {"search": {"q": "parcel"}, "views/count": {"filter": unread}}
    answer = as_operator(cast.bob).get(path, **needs.get(path, {}))
    assert answer.status_code == 200, answer.content


def test_the_document_is_public_and_openapi_3_1() -> None:
    answer = Client().get("/api/v1/schema")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json()["openapi"].startswith("3.1.")


def test_every_operation_tells_its_refusals_as_problems() -> None:
    operations: list[dict[str, Any]] = [
        item[method] for item in openapi()["paths"].values() for method in METHODS if method in item
    ]
    for operation in operations:
        refusals = {status for status in operation["responses"] if status >= "400"}
        assert {"400", "401", "403", "429"} <= refusals, operation["operationId"]
        for status in refusals:
            assert operation["responses"][status]["content"] == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }
