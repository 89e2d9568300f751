"""The page that explains the API to people, written from the OpenAPI document and the registries."""

import dataclasses
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any, Final, get_args, get_type_hints

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from tenants.api.examples import PREFIX, example
from tenants.api.operation import PROBLEM
from tenants.api.schema import METHODS, openapi
from tenants.errors import DomainError
from tenants.events.registry import REGISTRY, Event
from tenants.permissions import ROLE_PERMISSIONS, Permission

MOST_ON_A_LINE: Final = 50
# Our own words only; HTML in them would be shown as text.
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter or a field of a body; ``kind`` in words."""

    name: str
    kind: str
    about: SafeString
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An operation as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    about: SafeString
    parameters: list[Field]
    body: list[Field]
    request: str
    status: str
    answer: str
    refusals: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    name: str
    slug: str
    about: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """An event as the page shows it: ``fields`` are (name, kind)."""

    name: str
    audiences: list[str]
    is_recorded: bool
    about: SafeString
    fields: list[tuple[str, str]]


def text(markdown: str) -> SafeString:
    """Return our own Markdown as HTML."""
    return mark_safe(str(_MARKDOWN.render(markdown)))  # noqa: S308  our words, and the renderer escapes HTML


@cache
def chapters() -> list[Chapter]:
    """Return the operations by chapter, in the document's order."""
    document = openapi()
    entries: dict[str, list[Entry]] = {tag["name"]: [] for tag in document["tags"]}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                entries[item[method]["tags"][0]].append(_entry(path, method, item[method]))
    return [
        Chapter(
            name=tag["name"],
            slug=re.sub(r"[^a-z]+", "-", tag["name"].lower()),
            about=tag["description"],
            entries=entries[tag["name"]],
        )
        for tag in document["tags"]
    ]


@cache
def introduction() -> SafeString:
    """Return what holds for every operation."""
    return text(openapi()["info"]["description"])


def error_codes() -> list[tuple[str, int, str]]:
    """Return every code of a refusal with its status and what it says."""
    kinds = {kind.code: kind for kind in DomainError.__subclasses__()}
    ordered = sorted(kinds.values(), key=lambda kind: (kind.status, kind.code))
    return [(kind.code, kind.status, str(kind.default_detail)) for kind in ordered]


def permissions() -> list[tuple[str, str]]:
    """Return every permission with the roles that have it."""
    return [
        (permission.value, ", ".join(role for role, held in ROLE_PERMISSIONS.items() if permission in held))
        for permission in Permission
    ]


@cache
def events() -> list[EventEntry]:
    """Return every event that sockets and webhooks tell, by name."""
    return [_event(name, kind) for name, kind in sorted(REGISTRY.items())]


def first_steps() -> list[str]:
    """Return three calls that show the API: who am I, what waits, answer it."""
    root = f"{settings.PARLEY_ORIGIN}/api/v1"
    key = "-H 'Authorization: Bearer parley_...'"
    return [
        f"curl {key} {root}/me",
        f"curl {key} '{root}/conversations?status=open&sort=waiting'",
        f'curl {key} {root}/conversations/ID/messages --json \'{{"text": "Your parcel left this morning."}}\'',
    ]


def _entry(path: str, method: str, told: dict[str, Any]) -> Entry:
    schemas = openapi()["components"]["schemas"]
    statuses = sorted(told["responses"])
    # The usual success is the first that was declared.
    good = next(status for status in told["responses"] if status < "300")
    shape = told["responses"][good].get("content", {}).get("application/json", {}).get("schema")
    body, is_form = _body(told)
    return Entry(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        about=text(told["description"]),
        parameters=[
            Field(
                name=parameter["name"],
                kind=kind_of(parameter["schema"], schemas),
                about=text(parameter.get("description", "")),
                is_required=bool(parameter.get("required")),
            )
            for parameter in told.get("parameters", ())
            if parameter["name"] != "Idempotency-Key"
        ],
        body=list(_fields(body, schemas)) if body else [],
        request=_curl(path, method, told, body=body, is_form=is_form),
        status=f"{good} {HTTPStatus(int(good)).phrase}",
        answer=_pretty(example(shape, schemas)) if shape else "",
        refusals=[
            (status, HTTPStatus(int(status)).phrase)
            for status in statuses
            if PROBLEM in told["responses"][status].get("content", {})
        ],
    )


def _body(told: dict[str, Any]) -> tuple[dict[str, Any] | None, bool]:
    content = told.get("requestBody", {}).get("content", {})
    if form := content.get("multipart/form-data"):
        return form["schema"], True
    schema = content.get("application/json", {}).get("schema")
    return schema, False


def _fields(schema: dict[str, Any], schemas: dict[str, Any], prefix: str = "") -> Iterator[Field]:
    schema = resolved(schema, schemas)
    for name, inner in schema.get("properties", {}).items():
        yield Field(
            name=f"{prefix}{name}",
            kind=kind_of(inner, schemas),
            about=text(inner.get("description", "")),
            is_required=name in schema.get("required", ()),
        )
        below = resolved(inner, schemas)
        if below.get("properties"):
            yield from _fields(below, schemas, f"{prefix}{name}.")


def resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Follow references to the schema itself."""
    while True:
        inner = [schema, *schema.get("allOf", ())]
        reference = next((one["$ref"] for one in inner if "$ref" in one), None)
        if reference is None:
            return schema
        schema = schemas[reference.removeprefix(PREFIX)]


def kind_of(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Return a schema's type in words: ``text, up to 100 characters``, ``one of a, b``."""
    schema = resolved(schema, schemas)
    kinds = schema.get("type", "any")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "anyOf" in schema:
        return " or ".join(kind_of(one, schemas) for one in schema["anyOf"])
    if "enum" in schema:
        return "one of " + ", ".join(str(value) for value in schema["enum"] if value is not None)
    words = [_one_kind(kind, schema, schemas) for kind in kinds]
    return " or ".join(words) + _bounds(schema)


def _one_kind(kind: str, schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    if kind == "array":
        return f"list of {kind_of(schema['items'], schemas)}"
    if kind == "string":
        formats = {"uuid": "UUID", "date-time": "time", "date": "day", "binary": "file"}
        return formats.get(schema.get("format", ""), "text")
    return {"integer": "whole number", "boolean": "true or false"}.get(kind, kind)


def _bounds(schema: dict[str, Any]) -> str:
    if "minimum" in schema and "maximum" in schema and schema["maximum"] < 2**31:
        return f", {schema['minimum']} to {schema['maximum']}"
    if "maxLength" in schema:
        return f", up to {schema['maxLength']:,} characters"
    if "maxItems" in schema:
        return f", up to {schema['maxItems']}"
    return ""


def _curl(path: str, method: str, told: dict[str, Any], *, body: dict[str, Any] | None, is_form: bool) -> str:
    schemas = openapi()["components"]["schemas"]
    query = [
        f"{parameter['name']}={example(parameter['schema'], schemas, name=parameter['name'])}"
        for parameter in told.get("parameters", ())
        if parameter["in"] == "query" and parameter.get("required")
    ]
    url = settings.PARLEY_ORIGIN + re.sub(r"\{\w+\}", "ID", path) + ("?" + "&".join(query) if query else "")
    lines = [f"curl {url}", "-H 'Authorization: Bearer parley_...'"]
    if method not in ("get", "post") or (method == "post" and body is None):
        lines[0] = f"curl -X {method.upper()} {url}"
    if body is not None and is_form:
        fields = body.get("properties", {}).items()
        lines += [
            f"-F {name}={'@label.png' if one.get('format') == 'binary' else 'ID'}" for name, one in fields
        ]
    elif body is not None:
        value = example(body, schemas)
        short = json.dumps(value, ensure_ascii=False)
        lines.append(f"--json '{short if len(short) < MOST_ON_A_LINE else _pretty(value)}'")
    return " \\\n  ".join(lines)


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _event(name: str, kind: type[Event]) -> EventEntry:
    doc = "" if (kind.__doc__ or "").startswith(f"{kind.__name__}(") else (kind.__doc__ or "")
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]  # every event is one
    return EventEntry(
        name=name,
        audiences=sorted(audience.value for audience in kind.audiences),
        is_recorded=not kind.is_ephemeral,
        about=text(" ".join(doc.split())),
        fields=[(field, _hint(hints[field])) for field in names],
    )


def _hint(hint: Any) -> str:
    names = {str: "text", int: "whole number", bool: "true or false", type(None): "null"}
    if hint in names:
        return names[hint]
    if inner := get_args(hint):
        words = [_hint(one) if not isinstance(one, str) else one for one in inner]
        return f"list of {words[0]}" if getattr(hint, "__origin__", None) is list else " or ".join(words)
    name = getattr(hint, "__name__", str(hint)).removesuffix("Shape")
    return {"datetime": "time", "UUID": "UUID"}.get(name, name)
