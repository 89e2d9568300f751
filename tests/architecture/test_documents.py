"""What the documents say about the code is what the code says."""

import re

import pytest

from config.documents import documents
from config.local.places import ROOT
from tests.architecture.sources import APPS, short


def test_the_parts_written_from_code_are_current() -> None:
    stale = [name for name, text in documents() if (ROOT / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run: make documents"


@pytest.mark.parametrize("app", ["config", *APPS])
def test_each_app_says_what_it_is_on_one_page(app: str) -> None:
    page = (ROOT / app / "README.md").read_text(encoding="utf-8")
    assert len(page.splitlines()) <= 80


def test_a_decision_record_is_short() -> None:
    records = sorted(ROOT.glob("*/decisions/*.md"))
    lengths = {short(record): len(record.read_text(encoding="utf-8").splitlines()) for record in records}
    assert {name: length for name, length in lengths.items() if length > 40} == {}


def test_the_files_that_contributors_are_sent_to_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:config|tenants|operators|conversations|analytics|static|templates|tests)/[\w./-]*)`", text
    )
    assert named != []
    assert [path for path in named if not (ROOT / path).exists()] == []
