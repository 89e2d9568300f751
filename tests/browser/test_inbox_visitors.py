"""The board of visitors in the inbox: who is on the site now, which page they read, live."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.inbox import PHONE, inbox_of, rows, thread
from tests.browser.widget.visiting import Widget, be_online, shop_page
from tests.cast import Cast
from tests.host_site import HostSite, host_site

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def host(cast: Cast) -> Iterator[HostSite]:
    """A shop of three pages, and somebody to answer."""
    be_online(cast.alice)
    with host_site("localhost") as served:
        for path, title in (("/", "Shop"), ("/cups/", "Blue cups"), ("/سلة/", "سلة التسوق")):
            served.add(quote(path), shop_page(cast.acme_widget).replace("<title>Shop", f"<title>{title}"))
        yield served


def visit(open_page: OpenPage, host: HostSite, path: str) -> Widget:
    return Widget(open_page(host.origin + path)).open()


def board(page: Page) -> Locator:
    return page.get_by_role("region", name="Visitors on the site").get_by_role("listitem")


def test_visitors_come_go_on_to_other_pages_and_leave_before_the_operators_eyes(
    cast: Cast, host: HostSite, open_page: OpenPage
) -> None:
    page = inbox_of(open_page, cast.alice, "/inbox/")
    page.get_by_role("navigation", name="Lists").get_by_role("link", name="Visitors").click()
    expect(page.get_by_role("heading", name="Visitors", exact=True)).to_be_visible()
    expect(page.get_by_text("Nobody is on your site right now")).to_be_visible()
    first = visit(open_page, host, "/?session=secret&utm_source=mail#top")
    expect(board(page)).to_have_count(1)
    expect(board(page)).to_contain_text("Visitor #")
    link = board(page).get_by_role("link", name="Shop")
    expect(link).to_have_attribute("href", f"{host.origin}/?utm_source=mail")
    second = visit(open_page, host, "/cups/")
    expect(board(page)).to_have_count(2)
    expect(board(page).first).to_contain_text("Blue cups")
    second.says_and_is_heard("Are they blue?")
    expect(board(page).first.get_by_text("Conversation")).to_be_visible()
    # A page that shows another one without being loaded anew.
    first.page.evaluate("history.pushState(null, '', '/pots/?q=secret'); document.title = 'Pots'")
    expect(board(page).last.get_by_role("link", name="Pots")).to_have_attribute(
        "href", f"{host.origin}/pots/"
    )
    # And one that is.
    second.page.goto(host.origin + "/")
    expect(board(page).first.get_by_role("link", name="Shop")).to_be_visible()
    first.page.close()
    expect(board(page)).to_have_count(1)
    expect(page.get_by_role("navigation", name="Lists").get_by_role("link", name="Visitors")).to_contain_text(
        "1"
    )


def test_the_conversation_of_a_visitor_is_one_press_away_and_shows_the_page_they_are_on(
    cast: Cast, host: HostSite, open_page: OpenPage
) -> None:
    widget = visit(open_page, host, "/cups/")
    widget.says_and_is_heard("Are they blue?")
    page = inbox_of(open_page, cast.alice, "/inbox/?view=visitors")
    opener = board(page).get_by_role("link", name="Visitor #")
    opener.focus()
    page.keyboard.press("Enter")
    expect(thread(page).get_by_text("Are they blue?")).to_be_visible()
    expect(board(page)).to_have_attribute("aria-current", "true")
    facts = page.get_by_role("complementary", name="Contact")
    expect(facts.get_by_role("link", name="Blue cups")).to_be_visible()
    widget.page.goto(host.origin + "/")
    expect(facts.get_by_role("link", name="Shop")).to_be_visible()
    widget.page.close()
    expect(facts.get_by_text("Away from the site")).to_be_visible()
    expect(facts.get_by_text("Page now")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(rows(page)).to_have_count(1)
    page.keyboard.press("g")
    page.keyboard.press("v")
    expect(page.get_by_role("heading", name="Visitors", exact=True)).to_be_visible()


def test_an_operator_writes_to_somebody_on_the_site_first(
    cast: Cast, host: HostSite, open_page: OpenPage
) -> None:
    widget = visit(open_page, host, "/cups/")
    page = inbox_of(open_page, cast.alice, "/inbox/?view=visitors")
    board(page).get_by_role("button", name="Write first").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Message")).to_be_focused()
    expect(dialog.get_by_role("button", name="Send")).to_be_disabled()
    assert violations(page) == []
    page.keyboard.type("May I help you with the cups?")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    # What was written is still there.
    board(page).get_by_role("button", name="Write first").click()
    expect(dialog.get_by_role("textbox")).to_have_value("May I help you with the cups?")
    page.keyboard.press("Control+Enter")
    expect(thread(page).get_by_text("May I help you with the cups?")).to_be_visible()
    expect(widget.sees("May I help you with the cups?")).to_be_visible()
    expect(board(page).get_by_text("Conversation")).to_be_visible()
    widget.says_and_is_heard("Yes, please")
    expect(thread(page).get_by_text("Yes, please")).to_be_visible()
    facts = page.get_by_role("complementary", name="Contact")
    facts.get_by_role("button", name="New conversation").click()
    dialog.get_by_role("textbox").fill("And the pots?")
    dialog.get_by_role("button", name="Send").click()
    expect(thread(page).get_by_text("And the pots?")).to_be_visible()
    expect(thread(page).get_by_text("Yes, please")).to_have_count(0)


SCREENS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "persian": {"language": "fa"},
    "phone": {"viewport": PHONE, "has_touch": True},
    "narrow": {"viewport": {"width": 360, "height": 740}, "language": "ar"},
}


@pytest.mark.parametrize("screen", SCREENS)
def test_the_board_has_no_faults_that_axe_can_find_and_fits_every_screen(
    cast: Cast, host: HostSite, open_page: OpenPage, screen: str
) -> None:
    page = inbox_of(open_page, cast.alice, "/inbox/?view=visitors", **SCREENS[screen])
    expect(page.locator(".empty__title").first).to_be_visible()
    assert violations(page) == []
    visit(open_page, host, "/cups/").says_and_is_heard("Hello")
    visit(open_page, host, "/سلة/")
    expect(page.locator(".visitor")).to_have_count(2)
    expect(page.locator(".visitor").first).to_contain_text("سلة التسوق")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
