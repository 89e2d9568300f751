"""The source files the architecture tests look at."""

from pathlib import Path

from config.local.places import ROOT

PYTHON = ("config", "tenants", "operators", "conversations", "analytics", "tests")
APPS = ("tenants", "operators", "conversations", "analytics")
BROWSER = ("static", "tests")


def python_files() -> list[Path]:
    """Every Python file of ours; migrations are written by Django and not counted."""
    return sorted(
        file for folder in PYTHON for file in (ROOT / folder).rglob("*.py") if "migrations" not in file.parts
    )


def browser_files(*suffixes: str) -> list[Path]:
    """Every source file of the browser side with one of these suffixes."""
    return sorted(
        file
        for folder in BROWSER
        for file in (ROOT / folder).rglob("*")
        if file.suffix in suffixes and "dist" not in file.parts
    )


def short(file: Path) -> str:
    """Return the path a person would type."""
    return file.relative_to(ROOT).as_posix()
