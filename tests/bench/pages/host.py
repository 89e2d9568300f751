"""What the widget costs the page that carries it, and how soon one can write in it."""

import asyncio
import statistics
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from playwright.async_api import Browser, Page

from tests.bench.pages.slow import browser, slow_page
from tests.bench.report import Figure, ratio_of_pairs
from tests.bench.rig import Rig
from tests.host_site import host_site

VISITS: Final = 9
OPENINGS: Final = 7
# After its load event a page is watched so long for what comes late.
LATE_SECONDS: Final = 1.5
PATIENCE_SECONDS: Final = 15.0
PAGE: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<style>body{{font:18px/1.5 sans-serif;margin:2em auto;max-inline-size:40em}}h1{{font-size:3em}}</style></head>
<body><h1>Teapots</h1>{paragraphs}{snippet}</body></html>"""
PARAGRAPHS: Final = "".join(f"<p>{'A teapot holds what it is given. ' * 12}</p>" for _ in range(12))
# The largest paint, the shifts and the long tasks of a page; and in each frame, when a text field got the focus and
# that was painted. In milliseconds since 1970, so that the moments of several frames can be compared.
WATCH: Final = """
const seen = { paint: 0, shift: 0, blocked: 0, requests: 0, clicked: 0 };
const moment = (at) => performance.timeOrigin + at;
if (self === top) {
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('largest-contentful-paint', (entry) => { seen.paint = entry.startTime; });
  watch('layout-shift', (entry) => { seen.shift += entry.value; });
  watch('longtask', (entry) => { seen.blocked += Math.max(0, entry.duration - 50); });
  watch('resource', () => { seen.requests += 1; });
  addEventListener('click', (event) => { seen.clicked = moment(event.timeStamp); }, true);
}
const writes = () => { seen.written = moment(performance.now()); };
addEventListener('focusin', ({ target }) => {
  if (target.matches?.('textarea')) requestAnimationFrame(() => setTimeout(writes));
}, true);
globalThis.benchSeen = seen;
"""


async def host(rig: Rig) -> list[Figure]:
    """The host's page with and without the widget, in turn; then how long from a click to a focused composer."""
    snippet = f'<script async src="{rig.product.origin}/widget.js?inbox={rig.inbox_key}"></script>'
    with host_site() as site:
        carrying, bare = site.add("/with", page_of(snippet)), site.add("/", page_of(""))
        async with browser() as chromium:
            with_it, without = [], []
            for _ in range(VISITS):
                without.append(await visit(chromium, bare))
                with_it.append(await visit(chromium, carrying))
            cold = [await opening(chromium, carrying) for _ in range(OPENINGS)]
            hovered = [await opening(chromium, carrying, hover=0.2) for _ in range(OPENINGS)]
            warm = [await reopening(chromium, carrying) for _ in range(OPENINGS)]
    more = partial(difference, with_it, without)
    return [
        ratio_of_pairs(
            "host_lcp_ratio",
            tried=[one["paint"] for one in with_it],
            floors=[one["paint"] for one in without],
            goal="<= 1.02",
        ),
        Figure(name="host_tbt_ms", value=more("blocked"), unit="ms", goal="<= 0"),
        Figure(name="host_cls", value=more("shift"), unit="1", goal="<= 0"),
        Figure(name="widget_requests", value=more("requests"), unit="1", goal="<= 1"),
        milliseconds("widget_open_cold_ms", cold, goal=500),
        milliseconds("widget_open_hovered_ms", hovered, goal=250),
        milliseconds("widget_open_warm_ms", warm, goal=100),
    ]


def milliseconds(name: str, taken: Sequence[float], *, goal: float) -> Figure:
    spread = (min(taken), max(taken))
    return Figure(name=name, value=statistics.median(taken), unit="ms", goal=f"<= {goal:g}", spread=spread)


def difference(with_it: Sequence[dict[str, float]], without: Sequence[dict[str, float]], name: str) -> float:
    """Return the median of what the widget adds."""
    return statistics.median(own[name] - bare[name] for own, bare in zip(with_it, without, strict=True))


async def visit(chromium: Browser, address: str) -> dict[str, float]:
    """Load a page in a fresh profile and return what it saw."""
    async with slow_page(chromium, script=WATCH) as page:
        await page.goto(address)
        await asyncio.sleep(LATE_SECONDS)
        return await seen(page)


async def opening(chromium: Browser, address: str, *, hover: float = 0.0) -> float:
    """Return the milliseconds from the first click on the launcher to a composer that has the focus."""
    async with slow_page(chromium, script=WATCH) as page:
        await page.goto(address)
        await asyncio.sleep(LATE_SECONDS)
        return await click_and_wait(page, hover=hover)


async def reopening(chromium: Browser, address: str) -> float:
    """Return the same for a panel that was open before."""
    async with slow_page(chromium, script=WATCH) as page:
        await page.goto(address)
        await asyncio.sleep(LATE_SECONDS)
        await click_and_wait(page)
        await asyncio.sleep(LATE_SECONDS)
        await page.keyboard.press("Escape")
        await asyncio.sleep(LATE_SECONDS)
        return await click_and_wait(page)


async def click_and_wait(page: Page, *, hover: float = 0.0) -> float:
    # The launcher is in a closed shadow root: it is found by its place, 20 px from the corner.
    window = page.viewport_size
    assert window is not None
    x, y = window["width"] - 48, window["height"] - 48
    if hover:
        await page.mouse.move(x, y)
        await asyncio.sleep(hover)
    await page.mouse.click(x, y)
    clicked = float((await seen(page))["clicked"])
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            for frame in page.frames[1:]:
                written = float(await frame.evaluate("globalThis.benchSeen?.written ?? 0"))
                if written > clicked > 0:
                    return written - clicked
            await asyncio.sleep(0.05)


async def seen(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = await page.evaluate("benchSeen")
    return found


def page_of(snippet: str) -> str:
    return PAGE.format(paragraphs=PARAGRAPHS, snippet=snippet)
