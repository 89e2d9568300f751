"""The page that explains the API says what is so."""

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from tenants.api.examples import example
from tenants.api.manual import chapters, events
from tenants.api.schema import METHODS, openapi
from tenants.events.registry import REGISTRY

SCHEMAS = openapi()["components"]["schemas"]


def test_the_page_shows_every_operation_and_every_event() -> None:
    page = Client().get("/api/docs/").content.decode()
    names = {
        item[method]["operationId"]
        for item in openapi()["paths"].values()
        for method in METHODS
        if method in item
    }
    assert {entry.name for chapter in chapters() for entry in chapter.entries} == names
    assert {event.name for event in events()} == set(REGISTRY)
    assert all(f'id="{name}"' in page for name in names)
    assert all(f"<code>{name}</code>" in page for name in REGISTRY)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    answer = Client().get("/api/docs/")
    assert "script-src 'self';" in answer["Content-Security-Policy"]
    assert b"https://" not in answer.content.replace(b"https://shop.example", b"")


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_an_example_fits_its_schema(name: str) -> None:
    document: dict[str, Any] = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}
    made = example({"$ref": f"#/components/schemas/{name}"}, SCHEMAS)
    checker = Draft202012Validator.FORMAT_CHECKER
    errors = Draft202012Validator(document, format_checker=checker).iter_errors(made)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []
