"""One golden example per event: what the server says is what the clients and webhooks were promised."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tenants.events.registry import REGISTRY

GOLDEN = Path(__file__).parent / "events.json"


def test_the_typescript_types_are_up_to_date() -> None:
    call_command("write_event_types", check=True)


def promised() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(GOLDEN.read_text())
    return loaded


def test_every_event_keeps_the_fields_it_promised() -> None:
    """Adding a field is free; one that is gone or renamed breaks clients: this file may only grow."""
    assert set(promised()) == set(REGISTRY)
    for name, promise in promised().items():
        kind = REGISTRY[name]
        declared = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # dataclasses, all of them
        assert set(promise["fields"]) <= declared, name
        assert promise["audiences"] == sorted(kind.audiences), name


@pytest.mark.parametrize(
    "name", ["note.created", "conversation.tagged", "conversation.snoozed", "viewing.changed"]
)
def test_what_operators_say_among_themselves_has_no_contact_in_its_audience(name: str) -> None:
    assert "contact" not in REGISTRY[name].audiences
