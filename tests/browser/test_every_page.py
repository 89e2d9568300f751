"""Every page of the operators' side: no fault in the browser's console, no failed request, nothing cut off."""

from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Response

from tests.browser.conftest import OpenPage
from tests.browser.inbox import DESK, PHONE, address, connected, session_of
from tests.cast import Cast, begin, reply

PAGES = (
    "/start/",
    "/reports/",
    "/reports/operators/",
    "/reports/live/",
    "/settings/general/",
    "/settings/inboxes/",
    "/settings/inboxes/new/",
    "/settings/follow-up/",
    "/settings/mail/",
    "/settings/people/",
    "/settings/teams/",
    "/settings/teams/new/",
    "/settings/blocks/",
    "/settings/canned-replies/",
    "/settings/canned-replies/new/",
    "/settings/macros/",
    "/settings/macros/new/",
    "/settings/articles/",
    "/settings/articles/new/",
    "/settings/articles/categories/",
    "/settings/tags/",
    "/settings/api-keys/",
    "/settings/audit/",
    "/settings/profile/",
    "/settings/security/",
    "/businesses/new/",
    "/api/docs/",
    "/docs/javascript/",
)
PUBLIC = ("/", "/accounts/login/", "/signup/", "/accounts/password/reset/")
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def watched(page: Page) -> list[str]:
    """Return a list that fills with what the page's console and network complain of."""
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            faults.append(f"{page.url}: {message.text}")

    def look(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"{page.url}: {response.status} {response.url}")

    page.on("console", note)
    page.on("response", look)
    return faults


def walk(page: Page, *paths: str) -> None:
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(WIDER) == 0, path


@pytest.mark.parametrize(
    "screen",
    [
        {"language": "en", "viewport": DESK, "color_scheme": "dark"},
        {"language": "fa", "viewport": PHONE},
    ],
    ids=["desk", "persian phone"],
)
def test_an_admin_meets_no_fault_on_any_page(cast: Cast, open_page: OpenPage, screen: dict[str, Any]) -> None:
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation)
    options = dict(screen)
    language = options.pop("language")
    page = open_page("/healthz", storage_state=session_of(cast.bob, language=language), **options)
    faults = watched(page)
    inbox = f"/settings/inboxes/{cast.acme_widget.pk}/"
    walk(page, *PAGES, inbox, f"{inbox}automatic/", f"{inbox}identity/")
    page.goto(address(conversation.pk))
    connected(page)
    assert page.evaluate(WIDER) == 0
    assert faults == []


@pytest.mark.parametrize("locale", ["en-GB", "ar", "fa-IR", "lt-LT"])
def test_a_stranger_meets_no_fault_on_any_page(cast: Cast, open_page: OpenPage, locale: str) -> None:
    page = open_page("/healthz", locale=locale, viewport={"width": 320, "height": 640})
    faults = watched(page)
    walk(page, *PUBLIC, f"/c/{cast.acme_widget.key}")
    assert faults == []
