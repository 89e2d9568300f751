"""Declaring events: what can happen, who may learn of it, and its exact shape.

The registry is the one source of the TypeScript types, the webhook documentation and the golden
examples. The name on the socket, in a webhook and in TypeScript is the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Any, ClassVar, Final, NamedTuple, TypeVar, dataclass_transform
from uuid import UUID


class Audience(StrEnum):
    """Who may receive an event. It is part of the group name, never a filter in a consumer."""

    OPERATORS = "operators"
    CONTACT = "contact"
    WEBHOOKS = "webhooks"


class Positions(NamedTuple):
    """The place of an event in its conversation, per audience; None where that audience gets none."""

    operators: int | None = None
    contact: int | None = None


class Event:
    """Base of everything that happens. Subclasses are frozen dataclasses made by ``@event``."""

    type: ClassVar[str]
    audiences: ClassVar[frozenset[Audience]]
    is_ephemeral: ClassVar[bool]

    def take_positions(self) -> Positions:
        """Advance the stream this event belongs to. Tenant-wide events have no stream."""
        return Positions()

    def stream_id(self) -> UUID | None:
        """Return the conversation the event belongs to, or None for a tenant-wide event."""
        return None

    def addressee(self) -> UUID | None:
        """Return the one operator whom an ephemeral event is for, or None where it is for all of its audience."""
        return None

    def body(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        return {field.name: as_json(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]


E = TypeVar("E", bound=Event)
REGISTRY: Final[dict[str, type[Event]]] = {}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def event(name: str, *audiences: Audience, ephemeral: bool = False) -> Callable[[type[E]], type[E]]:
    """Register a frozen dataclass as the event ``name`` for these audiences."""

    def register(cls: type[E]) -> type[E]:
        if name in REGISTRY:
            raise ValueError(f"two events are called {name}")
        made = dataclass(frozen=True, kw_only=True, slots=False)(cls)
        made.type = name
        made.audiences = frozenset(audiences)
        made.is_ephemeral = ephemeral
        REGISTRY[name] = made
        return made

    return register


def as_json(value: Any) -> Any:
    """Return a value as JSON knows it: UUIDs and enums as text, times as ISO 8601 in UTC."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return value


def iso(moment: datetime) -> str:
    """Return a moment as ``2026-11-21T09:30:00.123456Z``."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
