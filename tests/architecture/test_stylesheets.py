"""A page in Arabic or Persian is the mirror of one in English, so styles say start and end, never left and right."""

import re
from pathlib import Path

import pytest

from config.local.places import ROOT
from tests.architecture.sources import browser_files, short

SIDE = "(?:left|right)"
IN_CSS = re.compile(
    rf"(?<![\w-])(?:(?:margin|padding|scroll-margin|scroll-padding|border)-{SIDE}(?:-\w+)?|{SIDE}"
    rf"|border-(?:top|bottom)-{SIDE}-radius)\s*:|(?:text-align|float|clear)\s*:\s*{SIDE}"
)
IN_SCRIPT = re.compile(
    r"\b(?:margin|padding|border)(?:Left|Right)\b|\bborder(?:Top|Bottom)(?:Left|Right)Radius\b"
    rf"|textAlign:\s*['\"]{SIDE}"
)


def offences(file: Path, pattern: re.Pattern[str]) -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [f"{short(file)}: {match.group()}" for match in pattern.finditer(text)]


def test_style_sheets_and_templates_use_logical_properties() -> None:
    files = [*browser_files(".css"), *sorted((ROOT / "templates").rglob("*.html"))]
    assert [offence for file in files for offence in offences(file, IN_CSS)] == []


def test_scripts_set_logical_properties() -> None:
    files = browser_files(".ts", ".tsx")
    assert [offence for file in files for offence in offences(file, IN_SCRIPT)] == []


@pytest.mark.parametrize(
    "text",
    ["margin-left: 1px", "a{left:0}", "text-align: right", "border-top-left-radius: 2px", "float:left"],
)
def test_the_check_sees_physical_properties(text: str) -> None:
    assert IN_CSS.search(text)


@pytest.mark.parametrize("text", ["margin-inline-start: 1px", "inset-inline-end: 0", "justify-content: left"])
def test_the_check_lets_logical_properties_pass(text: str) -> None:
    assert not IN_CSS.search(text)
