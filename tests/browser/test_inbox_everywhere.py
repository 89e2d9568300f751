"""The inbox on every screen, in every direction and theme, for every reader."""

from typing import Any

import pytest
from playwright.sync_api import expect

from operators.models import Operator
from tenants.scoping import TenantId, tenant_scope
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.inbox import PHONE, address, inbox_of, rows, thread
from tests.cast import Cast, begin, make_visitor, reply

pytestmark = pytest.mark.usefixtures("site")

SCREENS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "persian": {"language": "fa"},
    "phone": {"viewport": PHONE, "has_touch": True},
    "narrow": {"viewport": {"width": 1000, "height": 700}},
}


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_no_fault_in_list_conversation_and_menus(
    cast: Cast, open_page: OpenPage, screen: str
) -> None:
    conversation = begin(cast.vera, "Hello, see https://shop.example/", "سلام")
    reply(cast.alice, conversation, "Good morning")
    begin(make_visitor(cast.acme_widget, name="Zoe"), "Hi")
    page = inbox_of(open_page, cast.alice, "/inbox/?view=all", **SCREENS[screen])
    expect(rows(page)).to_have_count(2)
    assert violations(page) == []
    rows(page).filter(has_text="Vera").click()
    expect(page.locator(".message--ours")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("a")
    expect(page.locator(".picker")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


def test_a_phone_shows_one_pane_at_a_time(cast: Cast, open_page: OpenPage) -> None:
    begin(cast.vera, "Hello")
    page = inbox_of(open_page, cast.alice, "/inbox/?view=all", viewport=PHONE, has_touch=True)
    expect(thread(page)).to_have_count(0)
    rows(page).first.click()
    expect(thread(page).get_by_text("Hello")).to_be_visible()
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.get_by_role("button", name="Contact", exact=True).click()
    expect(page.get_by_role("complementary", name="Contact")).to_be_in_viewport()
    page.get_by_role("button", name="Back to the conversation").click()
    page.get_by_role("button", name="Back to the list").click()
    expect(rows(page).first).to_be_visible()
    page.get_by_role("button", name="Lists and menu").click()
    page.get_by_role("link", name="Resolved").click()
    expect(page.get_by_role("heading", name="Resolved", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_nothing_is_cut_off_at_any_width(cast: Cast, open_page: OpenPage, language: str, width: int) -> None:
    conversation = begin(cast.vera, "A long word without a break: " + "x" * 300)
    page = inbox_of(
        open_page,
        cast.alice,
        address(conversation.pk),
        language=language,
        viewport={"width": width, "height": 640},
    )
    expect(page.locator(".thread__scroll")).to_be_visible()
    wider = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0
    # Every control of the conversation can be hit where it is drawn.
    covered = page.evaluate(
        """() => [...document.querySelectorAll('.head button, .composer button, .composer textarea')]
            .filter((control) => control.checkVisibility())
            .filter((control) => {
                const box = control.getBoundingClientRect();
                const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return !control.contains(hit);
            })
            .map((control) => control.outerHTML.slice(0, 120))"""
    )
    assert covered == []


def test_a_person_hears_of_new_messages_once(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "Hello")
    page = inbox_of(open_page, cast.alice, address(conversation.pk))
    expect(thread(page).get_by_text("Hello")).to_be_visible()
    begin(make_visitor(cast.acme_widget, name="Zoe"), "Elsewhere")
    expect(page).to_have_title("(1) Inbox · Parley")
    announcer = page.get_by_role("log", name="News")
    expect(announcer).to_have_text("")


def test_a_viewer_reads_and_has_nothing_to_write_with(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        Operator.objects.filter(pk=cast.alice.pk).update(role="viewer")
    page = inbox_of(open_page, cast.alice, address(conversation.pk))
    expect(thread(page).get_by_text("Hello")).to_be_visible()
    expect(page.locator("#message")).to_have_count(0)
    expect(page.get_by_role("button", name="Resolve")).to_have_count(0)
