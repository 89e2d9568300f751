"""Files and functions stay small enough to be read at once, and named after what they hold."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import browser_files, python_files, short

LONGEST_FILE = 400  # lines
NINE_IN_TEN = 180  # lines
LONGEST_FUNCTION = 60  # lines

# Drawers: what goes in has no name, and nobody finds it again.
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "core", "lib", "shared_utils"}

# Written by a tool, or one document by nature.
GENERATED = {"static/shared/events.gen.ts"}


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def measured() -> dict[str, int]:
    files = [*python_files(), *browser_files(".ts", ".tsx", ".css")]
    return {short(file): lines(file) for file in files if short(file) not in GENERATED}


def functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_400_lines() -> None:
    assert {name: length for name, length in measured().items() if length > LONGEST_FILE} == {}


def test_nine_files_in_ten_have_at_most_180_lines() -> None:
    lengths = sorted(measured().values())
    assert lengths[len(lengths) * 9 // 10] <= NINE_IN_TEN


def test_no_function_is_longer_than_60_lines() -> None:
    too_long = {
        f"{short(file)}: {name}": length
        for file in python_files()
        for name, length in functions(file)
        if length > LONGEST_FUNCTION
    }
    assert too_long == {}


def test_no_module_is_a_drawer() -> None:
    files = [*python_files(), *browser_files(".ts", ".tsx")]
    drawers = [short(file) for file in files if {file.stem, file.parent.name} & DRAWERS]
    assert drawers == []
