"""JSON Schemas of the shapes we answer with, read from the same types the code returns."""

import dataclasses
import types
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict
from uuid import UUID

Shape = Any
_PLAIN: Final[dict[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    UUID: {"type": "string", "format": "uuid"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
    Any: {},
}
_SHOWN_AS: Final[dict[type, type]] = {}
# Every shape that was referred to, by its name in the schema.
_COMPONENTS: Final[dict[str, type]] = {}


def shown_as(shape: type, other: type) -> None:
    """Answers show ``shape`` as ``other``, a TypedDict that says what becomes of it."""
    _SHOWN_AS[shape] = other


def reference(shape: Shape) -> dict[str, Any]:
    """Return the schema of a type; TypedDicts and dataclasses by reference to a component."""
    if isinstance(shape, type):
        shape = _SHOWN_AS.get(shape, shape)
    if shape in _PLAIN:
        return dict(_PLAIN[shape])
    if is_typeddict(shape) or dataclasses.is_dataclass(shape):
        name = component_name(shape)
        if _COMPONENTS.setdefault(name, shape) is not shape:
            raise TypeError(f"two shapes are called {name}")
        return {"$ref": f"#/components/schemas/{name}"}
    origin: Any = get_origin(shape)
    inner = get_args(shape)
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin in (Union, types.UnionType):
        return _any_of(inner)
    if origin in (list, tuple):
        return {"type": "array", "items": reference(inner[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": reference(inner[1])}
    if isinstance(shape, type) and issubclass(shape, StrEnum):
        return {"type": "string", "enum": [str(member) for member in shape]}
    raise TypeError(f"no JSON schema for {shape!r}")


def component_name(shape: type) -> str:
    return shape.__name__.removesuffix("Shape")


def components() -> dict[str, dict[str, Any]]:
    """Return the schema of every shape that was referred to, and of what these refer to."""
    made: dict[str, dict[str, Any]] = {}
    while missing := [name for name in _COMPONENTS if name not in made]:
        for name in missing:
            made[name] = _object(_COMPONENTS[name])
    return dict(sorted(made.items()))


def _object(shape: type) -> dict[str, Any]:
    hints = get_type_hints(shape, include_extras=True)
    properties: dict[str, dict[str, Any]] = {}
    required = []
    for name, hint in hints.items():
        is_optional = get_origin(hint) is NotRequired
        properties[name] = _with_format(name, reference(get_args(hint)[0] if is_optional else hint))
        if not is_optional:
            required.append(name)
    made: dict[str, Any] = {"type": "object", "properties": properties, "required": required}
    doc = (shape.__doc__ or "").strip()
    if doc and not doc.startswith((f"{shape.__name__}(", "dict(")):
        made["description"] = " ".join(doc.split())
    return made


def _with_format(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Our ids are UUIDs and our times RFC 3339; the shapes say ``str``, the names say which."""
    if name == "external_id":
        return schema  # theirs
    if name == "id" or name.endswith("_id"):
        made = "uuid"
    elif name.endswith(("_at", "_since", "_until")):
        made = "date-time"
    else:
        return schema
    kinds = schema.get("type")
    if kinds == "string" or (isinstance(kinds, list) and "string" in kinds):
        return {**schema, "format": made}
    return schema


def _any_of(inner: tuple[Any, ...]) -> dict[str, Any]:
    made = [reference(one) for one in inner if one is not type(None)]
    if type(None) not in inner:
        return {"anyOf": made}
    if len(made) == 1 and "type" in made[0]:
        enum = {"enum": [*made[0]["enum"], None]} if "enum" in made[0] else {}
        return {**made[0], "type": [made[0]["type"], "null"], **enum}
    return {"anyOf": [*made, {"type": "null"}]}
