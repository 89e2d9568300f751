"""What the documents say about the code is what the code says."""

from config.documents import documents
from config.local.places import ROOT


def test_the_parts_written_from_code_are_current() -> None:
    stale = [name for name, text in documents() if (ROOT / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run: make documents"
