"""How many bytes go over the wire, packed as browsers ask for it."""

import json
import urllib.request
from pathlib import Path
from typing import Any, Final

import brotli

from config.local.places import ROOT
from tests.bench.report import Figure
from tests.bench.rig import Rig

LANGUAGES: Final = ("en", "ar", "fa", "lt")
DIST: Final = ROOT / "static" / "dist"
CONSOLE: Final = "static/console/main.tsx"


async def weights(rig: Rig) -> list[Figure]:
    """The loader with its inbox, the heaviest panel document, what the panel fetches after it, the inbox's scripts."""
    origin, key = rig.product.origin, rig.inbox_key
    panels = [fetched(f"{origin}/widget/{key}/{language}/") for language in LANGUAGES]
    lazy = sum(packed(DIST / "widget" / name) for name in ("more.js", "screens.js"))
    scripts, styles = of_page(CONSOLE)
    return [
        kilobytes("widget_loader_kb", fetched(f"{origin}/widget.js?inbox={key}"), goal=2.0),
        kilobytes("widget_panel_kb", max(panels), goal=14),
        # The second of the two only where the home or an article is shown.
        kilobytes("widget_lazy_kb", lazy, goal=8),
        # Fetched only where a network lets no socket through.
        kilobytes("widget_poll_kb", packed(DIST / "widget" / "poll.js")),
        kilobytes("inbox_js_kb", sum(packed(DIST / name) for name in scripts), goal=60),
        kilobytes("inbox_css_kb", sum(packed(DIST / name) for name in styles), goal=15),
    ]


def kilobytes(name: str, size: int, *, goal: float | None = None) -> Figure:
    wanted = "report" if goal is None else f"<= {goal:g}"
    return Figure(name=name, value=size / 1024, unit="KB", goal=wanted)


def fetched(url: str) -> int:
    """Return how long an answer is as it comes over the wire."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        return len(answer.read())


def packed(file: Path) -> int:
    """Return the length of a built file in Brotli, as ``collectstatic`` packs it."""
    return len(brotli.compress(file.read_bytes(), quality=11, mode=brotli.MODE_TEXT))


def of_page(entry: str) -> tuple[set[str], set[str]]:
    """Return the names of the scripts and of the styles that a page loads, each once."""
    manifest: dict[str, Any] = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    scripts: set[str] = set()
    styles: set[str] = set()
    todo = [entry]
    while todo:
        piece = manifest[todo.pop()]
        if piece["file"] not in scripts:
            scripts.add(piece["file"])
            styles.update(piece.get("css", ()))
            todo += piece.get("imports", ())
    return scripts, styles
