"""A browser on a slow machine: the processor at a quarter of its speed, the network as on a phone in the country."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from config.local import chromium

SLOWER: Final = 4
# What is called "slow 4G": 150 ms there and back, 1.6 Mbit/s down, 0.75 up.
NETWORK: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
# The frame of another site in the process of its page: slowed with it. In a process of its own it would be quicker.
ONE_PROCESS: Final = ["--disable-features=IsolateOrigins,site-per-process", "--disable-site-isolation-trials"]
WINDOW: Final[Any] = {"width": 1280, "height": 800}


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Yield a Chromium of its own."""
    async with async_playwright() as playwright:
        program = chromium.find(playwrights_own=playwright.chromium.executable_path)
        made = await playwright.chromium.launch(executable_path=program, args=[*chromium.FLAGS, *ONE_PROCESS])
        yield made
        await made.close()


@asynccontextmanager
async def slow_page(
    browser: Browser, *, script: str, network: bool = True, cookies: Any = ()
) -> AsyncIterator[Page]:
    """Yield an empty page in a profile of its own, slowed. ``script`` runs first in it and in each of its frames."""
    context = await browser.new_context(viewport=WINDOW, locale="en-GB")
    await context.add_init_script(script)
    if cookies:
        await context.add_cookies(cookies)
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await slow_down(session, network=network)
    try:
        yield page
    finally:
        await context.close()


async def slow_down(session: CDPSession, *, network: bool) -> None:
    await session.send("Network.enable")
    await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if network:
        await session.send("Network.emulateNetworkConditions", NETWORK)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
