"""The inbox as an operator meets it: logging in, and finding its parts."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, ViewportSize, expect

from operators.models import Operator
from tests.browser.conftest import OpenPage

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


def session_of(operator: Operator, *, language: str = "en") -> Any:
    """Return the ``storage_state`` of a browser in which the operator has logged in."""
    client = Client()
    client.force_login(operator.user)
    named = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    named[settings.LANGUAGE_COOKIE_NAME] = language
    return {
        "cookies": [
            {
                "name": name,
                "value": value,
                "domain": "localhost",
                "path": "/",
                "expires": -1,
                "httpOnly": True,
                "secure": False,
                "sameSite": "Lax",
            }
            for name, value in named.items()
        ],
        "origins": [],
    }


def inbox_of(
    open_page: OpenPage, operator: Operator, path: str, *, language: str = "en", **options: Any
) -> Page:
    """Open the inbox as an operator, on a desk unless told otherwise, and wait until it is connected."""
    settings_ = {"viewport": DESK, "storage_state": session_of(operator, language=language), **options}
    return connected(open_page(path, **settings_))


def address(conversation_id: UUID, view: str = "all") -> str:
    return f"/inbox/{conversation_id}/?view={view}"


def rows(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def thread(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages")


def composer(page: Page) -> Locator:
    return page.locator("#message")


def bell(page: Page) -> Locator:
    return page.get_by_role("button", name="Notifications")


def notifications(page: Page) -> Locator:
    return page.get_by_role("group", name="Notifications")


def connected(page: Page) -> Page:
    """Wait until the page's socket follows what happens."""
    page.wait_for_selector(".console[data-connection=online]")
    return page


def write(page: Page, text: str) -> None:
    """Write in the open conversation and send it with Enter."""
    composer(page).fill(text)
    composer(page).press("Enter")
    expect(composer(page)).to_have_value("")
