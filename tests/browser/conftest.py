"""A real browser against a real site."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from config.local import chromium

# Milliseconds a test waits for something to show: a bound for a busy machine, not a measure.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: its event loop must be gone before an asynchronous test runs in this process."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's synchronous calls run on a loop that Django takes for ours, and would refuse the ORM.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        program = chromium.find(playwrights_own=playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Return a function that opens a page in a browser profile of its own.

    ``open_page("/inbox/", locale="fa", viewport={...}, color_scheme="dark")``; the options are those of Playwright's
    new_context. A script error or a refusal of the content policy on any of the pages fails the test.
    """
    problems: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        # A refused request or connection is for the test to judge, by what the page then shows.
        expected = ("Failed to load resource", "WebSocket connection to")
        if message.type == "error" and not message.text.startswith(expected):
            problems.append(f"{message.text} ({message.location.get('url')})")

    def open_(path: str = "/", **options: Any) -> Page:
        context = browser.new_context(**{"base_url": site, "locale": "en-GB", **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert problems == []
