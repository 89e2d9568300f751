"""Reads environment variables that are declared once, each with a type, a default and a sentence about it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

OUR_PREFIX = "PARLEY_"


class BadEnvironment(SystemExit):
    """The environment cannot be used. As an exit it ends a start with its message and no traceback."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("Parley cannot start:\n" + "\n".join(f"  {problem}" for problem in problems))


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One declared variable, as the README's table and .env.example show it."""

    name: str
    kind: str
    default: str
    about: str
    is_literal: bool  # else ``default`` describes what happens without a value


class Environment:
    """Declares variables and reads them from ``source``; ``check()`` reports every problem at once."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self.source = source
        self.variables: dict[str, Variable] = {}
        self.problems: list[str] = []

    def text(self, name: str, *, default: str, about: str, shown: str | None = None) -> str:
        """Return the text of a variable. ``shown`` replaces the default in the documents."""
        return self._read(name, "text", default, about, str, shown)

    def secret(self, name: str, *, default: str, about: str, shown: str | None = None) -> str:
        """Return a secret: the variable itself, or the content of the file that NAME_FILE points at."""
        return self._read(name, "secret", default, about, str, shown, may_be_file=True)

    def integer(self, name: str, *, default: int, about: str, least: int = 0, most: int = 2**31 - 1) -> int:
        """Return a whole number between ``least`` and ``most``."""

        def parse(raw: str) -> int:
            value = int(raw) if re.fullmatch(r"-?[0-9]{1,12}", raw) else None
            if value is None or not least <= value <= most:
                raise ValueError(f"must be a whole number from {least} to {most}")
            return value

        return self._read(name, "integer", str(default), about, parse)

    def boolean(self, name: str, *, default: bool, about: str) -> bool:
        """Return a switch: 1, true, yes, on or 0, false, no, off."""

        def parse(raw: str) -> bool:
            if raw.lower() in {"1", "true", "yes", "on"}:
                return True
            if raw.lower() in {"0", "false", "no", "off"}:
                return False
            raise ValueError("must be true or false")

        return self._read(name, "boolean", "true" if default else "false", about, parse)

    def choice(self, name: str, *, default: str, options: tuple[str, ...], about: str) -> str:
        """Return one of ``options``."""

        def parse(raw: str) -> str:
            if raw not in options:
                raise ValueError(f"must be one of {', '.join(options)}")
            return raw

        return self._read(name, "text", default, about, parse)

    def words(self, name: str, *, default: str, about: str, secret: bool = False) -> list[str]:
        """Return the words of a comma separated list."""

        def parse(raw: str) -> list[str]:
            return [word.strip() for word in raw.split(",") if word.strip()]

        return self._read(name, "list", default, about, parse, may_be_file=secret)

    def origin(self, name: str, *, default: str, about: str, shown: str | None = None) -> str:
        """Return scheme://host[:port] with nothing after it."""

        def parse(raw: str) -> str:
            parts = urlsplit(raw)
            if (
                parts.scheme not in {"http", "https"}
                or not parts.hostname
                or parts.path.strip("/")
                or parts.query
            ):
                raise ValueError("must look like https://chat.example.com")
            return f"{parts.scheme}://{parts.netloc}"

        return self._read(name, "origin", default, about, parse, shown)

    def address(
        self, name: str, *, default: str, schemes: tuple[str, ...], about: str, shown: str | None = None
    ) -> str:
        """Return an address (URL) with one of ``schemes``; it may carry a password, so NAME_FILE works too."""

        def parse(raw: str) -> str:
            if raw and urlsplit(raw).scheme not in schemes:
                raise ValueError(f"must begin with {' or '.join(scheme + '://' for scheme in schemes)}")
            return raw

        return self._read(name, "address", default, about, parse, shown, may_be_file=True)

    def path(self, name: str, *, default: Path, about: str, shown: str) -> Path:
        """Return a folder or file."""
        return self._read(name, "path", str(default), about, lambda raw: Path(raw).expanduser(), shown)

    def refuse(self, name: str, reason: str) -> None:
        """Add a problem that only shows when several variables are looked at together."""
        self.problems.append(f"{name} {reason}")

    def check(self) -> None:
        """Raise BadEnvironment for every bad value and every unknown variable with our prefix.

        A mistyped name must not silently mean the default.
        """
        files = {f"{name}_FILE" for name in self.variables}
        unknown = sorted(
            name
            for name in self.source
            if name.startswith(OUR_PREFIX) and name not in self.variables.keys() | files
        )
        problems = [*self.problems, *(f"{name} is not a variable Parley knows" for name in unknown)]
        if problems:
            raise BadEnvironment(problems)

    def _read(  # noqa: PLR0917  read by this class alone, always in this order
        self,
        name: str,
        kind: str,
        default: str,
        about: str,
        parse: Callable[[str], T],
        shown: str | None = None,
        *,
        may_be_file: bool = False,
    ) -> T:
        self.variables[name] = Variable(
            name=name,
            kind=kind,
            default=default if shown is None else shown,
            about=about,
            is_literal=shown is None,
        )
        try:
            return parse(self._raw(name, may_be_file=may_be_file) or default)
        except (ValueError, OSError) as problem:
            self.refuse(name, str(problem))
            return parse(default)

    def _raw(self, name: str, *, may_be_file: bool) -> str:
        file = self.source.get(f"{name}_FILE", "") if may_be_file else ""
        if not file:
            return self.source.get(name, "")
        if self.source.get(name):
            raise ValueError(f"is set twice: directly and by {name}_FILE")
        return Path(file).read_text(encoding="utf-8").strip()
