"""How soon the operators' inbox is there with 500 conversations, and how quickly it answers to a key."""

import asyncio
import statistics
from typing import Any, Final

from playwright.async_api import Browser, Page

from tests.bench.grown import grow
from tests.bench.pacing import percentile
from tests.bench.pages.slow import browser, slow_page
from tests.bench.report import Figure
from tests.bench.rig import Rig

CONVERSATIONS: Final = 500
VISITS: Final = 7
KEYS: Final = 60
# So many conversations are opened one by one, each after this pause: what a key leads to is at hand by then.
STEPS: Final = 8
PAUSE_SECONDS: Final = 0.8
ROW: Final = ".list [role=option]"
# When the first row was painted; how long each key took until what it changed was painted, and until the messages of
# the conversation that it opened were.
WATCH: Final = """
const seen = { ready: 0, keys: [], opened: [] };
const painted = (then) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); then(performance.now()); };
  port2.postMessage(0);
});
const observer = new MutationObserver(() => {
  if (!document.querySelector('ROW')) return;
  observer.disconnect();
  painted((at) => { seen.ready = at; });
});
observer.observe(document, { childList: true, subtree: true });
let pressed = 0;
addEventListener('keydown', ({ timeStamp }) => {
  pressed = timeStamp;
  painted((at) => { seen.keys.push(at - timeStamp); });
}, true);
new MutationObserver((changes) => {
  const isThread = ({ target, addedNodes }) => addedNodes.length > 0 && target.matches?.('.thread, .thread *');
  if (pressed === 0 || !changes.some(isThread)) return;
  const since = pressed;
  pressed = 0;
  painted((at) => { seen.opened.push(at - since); });
}).observe(document, { childList: true, subtree: true });
globalThis.benchSeen = seen;
""".replace("ROW", ROW)


async def desk(rig: Rig) -> list[Figure]:
    """The inbox of a business with 500 conversations on a machine a quarter as fast."""
    scene = rig.scenes[1]
    with rig.stage.superuser() as connection:
        grow(connection, conversation_id=str(scene.conversation_id), count=CONVERSATIONS)
    name, _, value = scene.operator_cookie.partition("=")
    cookie = {"name": name, "value": value, "url": rig.product.origin}
    ready: list[float] = []
    keys: list[float] = []
    opened: list[float] = []
    async with browser() as chromium:
        for _ in range(VISITS):
            seen = await work(chromium, f"{rig.product.origin}/inbox/", cookie)
            ready.append(seen["ready"])
            keys += seen["keys"]
            opened += seen["opened"][-STEPS:]
    return [
        Figure(
            name="inbox_ready_ms",
            value=statistics.median(ready),
            unit="ms",
            goal="<= 700",
            spread=(min(ready), max(ready)),
        ),
        Figure(name="inbox_action_p50_ms", value=percentile(keys, 0.5), unit="ms", goal="<= 50"),
        Figure(name="inbox_action_p95_ms", value=percentile(keys, 0.95), unit="ms", goal="<= 100"),
        Figure(
            name="inbox_open_ms",
            value=statistics.median(opened),
            unit="ms",
            goal="<= 100",
            spread=(min(opened), max(opened)),
        ),
    ]


async def work(chromium: Browser, address: str, cookie: dict[str, Any]) -> dict[str, Any]:
    """Open the inbox and go down and up its list by keys. Returns when it was ready, and how long keys took."""
    async with slow_page(chromium, script=WATCH, network=False, cookies=[cookie]) as page:
        await page.goto(address)
        await page.wait_for_selector(ROW)
        await asyncio.sleep(1.0)  # what is fetched after the first paint
        await walk(page)
        found: dict[str, Any] = await page.evaluate("benchSeen")
        return found


async def walk(page: Page) -> None:
    for number in range(KEYS):
        await page.keyboard.press("j" if number % 4 else "k")
        await asyncio.sleep(0.1)  # quicker than anybody reads
    for _ in range(STEPS):
        await asyncio.sleep(PAUSE_SECONDS)
        await page.keyboard.press("j")
    await asyncio.sleep(PAUSE_SECONDS)
