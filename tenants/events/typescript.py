"""The registry as TypeScript: one interface per event, one union per audience.

Widget code that tests for ``note.created`` does not compile: a leak of private notes is a type error.
"""

import types
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from textwrap import wrap
from typing import (
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)
from uuid import UUID

from tenants.events.registry import REGISTRY, Audience, Event

HEADER = "// Written by `manage.py write_event_types` from the registry of events. Change it there.\n"
WIDTH = 110  # of a line with a union
_PLAIN: dict[Any, str] = {
    str: "string",
    UUID: "string",
    datetime: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
    Any: "unknown",
    object: "unknown",
}


def shape_name(shape: Any) -> str:
    """Return the TypeScript name of a TypedDict: ``MessageShape`` is ``Message``."""
    return str(shape.__name__).removesuffix("Shape")


class Writer:
    """Collects the shapes that the events mention while their types are written."""

    def __init__(self) -> None:
        self.shapes: dict[str, str] = {}

    def type_of(self, hint: Any) -> str:
        """Return a Python type as TypeScript. Raises TypeError for one that JSON has no word for."""
        if hint in _PLAIN:
            return _PLAIN[hint]
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Literal:
            return " | ".join(f"'{argument}'" for argument in arguments)
        if origin in (Union, types.UnionType):
            return " | ".join(self.type_of(argument) for argument in arguments)
        if origin in (list, tuple):
            inner = self.type_of(arguments[0])
            return f"({inner})[]" if " " in inner else f"{inner}[]"
        if origin is dict:
            return f"Record<string, {self.type_of(arguments[1])}>"
        if is_typeddict(hint):
            self._add_shape(hint)
            return shape_name(hint)
        raise TypeError(f"no TypeScript for {hint}")

    def _add_shape(self, shape: Any) -> None:
        name = shape_name(shape)
        if name in self.shapes:
            return
        self.shapes[name] = ""  # a shape may hold itself
        lines = [f"export interface {name} {{"]
        for key, hint in get_type_hints(shape, include_extras=True).items():
            is_optional = get_origin(hint) is NotRequired
            inner = get_args(hint)[0] if get_origin(hint) in (NotRequired, Required) else hint
            lines.append(f"  {key}{'?' if is_optional else ''}: {self.type_of(inner)};")
        self.shapes[name] = "\n".join([*lines, "}"])

    def event(self, kind: type[Event]) -> str:
        """Return the interface of an event, its envelope first."""
        lines = [f"export interface {kind.__name__} {{", f"  type: '{kind.type}';"]
        if not kind.is_ephemeral:
            lines.append(f"  position: {'number' if _has_stream(kind) else 'null'};")
        hints = get_type_hints(kind)
        for field in fields(kind):  # type: ignore[arg-type]  # every registered class is a dataclass
            # Only operators get the list row; a contact's copy comes without it.
            mark = "?" if field.name == "row" else ""
            lines.append(f"  {field.name}{mark}: {self.type_of(hints[field.name])};")
        return "\n".join([*lines, "}"])


def _has_stream(kind: type[Event]) -> bool:
    return kind.stream_id is not Event.stream_id


def _union(name: str, kinds: Iterable[type[Event]]) -> str:
    names = sorted(kind.__name__ for kind in kinds)
    # Tied together, so that each line of several begins with its bar.
    lines = wrap(" ".join(f"|~{name}" for name in names), WIDTH, break_long_words=False)
    joined = "\n".join(f"  {line}" for line in lines).replace("~", " ")
    return f"export type {name} =\n{joined};" if names else ""


def write(*, also: Iterable[Any] = ()) -> str:
    """Return the whole module. ``also`` are shapes that no event mentions."""
    writer = Writer()
    for shape in also:
        writer.type_of(shape)
    kinds = [REGISTRY[name] for name in sorted(REGISTRY)]
    interfaces = [writer.event(kind) for kind in kinds]
    streams = [kind for kind in kinds if not kind.is_ephemeral and _has_stream(kind)]
    unions = [
        _union("RecordedEvent", streams),
        _union("TenantEvent", [kind for kind in kinds if not kind.is_ephemeral and not _has_stream(kind)]),
        _union("EphemeralEvent", [kind for kind in kinds if kind.is_ephemeral]),
        _union("OperatorEvent", [kind for kind in kinds if Audience.OPERATORS in kind.audiences]),
        _union("ContactEvent", [kind for kind in kinds if Audience.CONTACT in kind.audiences]),
        "export type WireEvent = RecordedEvent | TenantEvent | EphemeralEvent;",
    ]
    shapes = [writer.shapes[name] for name in sorted(writer.shapes)]
    return HEADER + "\n" + "\n\n".join([*shapes, *interfaces, *unions]) + "\n"
