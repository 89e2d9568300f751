"""The parts of the documents that are written from code: `make documents`. A test fails when one is stale."""

import dataclasses
import os
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

from django.utils import translation

from config.environment import Variable
from config.local.places import ROOT

T = TypeVar("T")

APPS = ("tenants", "operators", "conversations", "analytics")
MARKS = "<!-- begin {name} (written by `make documents`) -->\n{body}\n<!-- end {name} -->"


def environment_example() -> str:
    """Return .env.example: every variable with its sentence, commented out, at its default."""
    from config.env import env

    blocks = [
        "# Every variable Parley reads. Uncomment what differs; secrets may come from NAME_FILE instead."
    ]
    for variable in env.variables.values():
        if variable.is_literal:
            blocks.append(f"# {variable.about}\n# {variable.name}={variable.default}")
        else:
            blocks.append(f"# {variable.about} Default: {variable.default}.\n# {variable.name}=")
    return "\n\n".join(blocks) + "\n"


def environment_table() -> str:
    """Return the README's table of variables."""
    from config.env import env

    rows = (
        f"| `{variable.name}` | {default_of(variable)} | {variable.about} |"
        for variable in env.variables.values()
    )
    return table("| Variable | Default | |", rows)


def error_table() -> str:
    """Return every code a refusal can carry, with its HTTP status and WebSocket close code."""
    from tenants.errors import DomainError

    kinds = sorted(
        {kind for kind in subclasses(DomainError) if is_ours(kind)}, key=lambda kind: (kind.status, kind.code)
    )
    rows = (
        f"| `{kind.code}` | {kind.status} | {kind.close_code} | {kind.default_detail} |" for kind in kinds
    )
    return table("| Code | HTTP | Socket | Default detail |", rows)


def permission_table() -> str:
    """Return the permissions, which are also the scopes of API keys, and the roles that hold them."""
    from tenants.permissions import ROLE_PERMISSIONS, Permission

    def roles(permission: Permission) -> str:
        return ", ".join(role for role, held in ROLE_PERMISSIONS.items() if permission in held)

    rows = (f"| `{permission.value}` | {roles(permission)} |" for permission in Permission)
    return table("| Permission | Roles |", rows)


def event_table() -> str:
    """Return every event with its audiences and fields. The name is the same on sockets and in webhooks."""
    from tenants.events.registry import REGISTRY

    for app in APPS:
        if find_spec(f"{app}.events"):
            import_module(f"{app}.events")
    rows = (
        f"| `{name}`{' (not recorded)' if event.is_ephemeral else ''} | "
        f"{', '.join(sorted(event.audiences))} | "
        f"{', '.join(f'`{field.name}`' for field in dataclasses.fields(event))} |"  # type: ignore[arg-type]
        for name, event in sorted(REGISTRY.items())
        if is_ours(event)
    )
    return table("| Event | Audiences | Fields |", rows)


PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "README.md": {"environment": environment_table},
    "ARCHITECTURE.md": {"events": event_table, "errors": error_table, "permissions": permission_table},
}


def documents() -> Iterator[tuple[str, str]]:
    """Yield each document's name and what it should contain now."""
    with translation.override("en"):
        yield from _documents()


def _documents() -> Iterator[tuple[str, str]]:
    yield ".env.example", environment_example()
    for name, parts in PARTS.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        for part, write in parts.items():
            text = replace_part(text, part=part, body=write())
        yield name, text


def replace_part(text: str, *, part: str, body: str) -> str:
    """Return ``text`` with what stands between the marks of ``part`` replaced. Raises LookupError without marks."""
    pattern = re.compile(rf"<!-- begin {part} .*?<!-- end {part} -->", re.DOTALL)
    if not pattern.search(text):
        raise LookupError(f"there are no marks for {part}")
    return pattern.sub(lambda _match: MARKS.format(name=part, body=body), text)


def table(head: str, rows: Iterator[str]) -> str:
    """Return a Markdown table."""
    return "\n".join([head, "|" + " --- |" * (head.count("|") - 1), *rows])


def default_of(variable: Variable) -> str:
    """Return a default as code, or the words that describe it."""
    return f"`{variable.default}`" if variable.is_literal and variable.default else variable.default


def is_ours(kind: type[Any]) -> bool:
    """Say whether a class is of the product; tests declare some of their own."""
    return kind.__module__.partition(".")[0] in APPS


def subclasses(kind: type[T]) -> Iterator[type[T]]:
    """Yield every class below ``kind``."""
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def main() -> None:
    """Write the documents that have changed."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    for name, text in documents():
        file = ROOT / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
