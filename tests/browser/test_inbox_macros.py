"""Doing several things at once, and keeping somebody out, by keys alone."""

import pytest
from playwright.sync_api import expect

from conversations.actions.manage_macros import create_macro
from conversations.blocks import standing
from conversations.models import Conversation
from tenants.scoping import tenant_scope
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.inbox import PHONE, address, inbox_of, thread
from tests.cast import Cast, begin

pytestmark = pytest.mark.usefixtures("site")


def late_parcel(cast: Cast) -> None:
    with tenant_scope(cast.acme.pk):
        create_macro(
            actor=cast.bob.actor, name="Late parcel", reply="Dear {{contact.first_name}}, it is on its way.",
            note="Asked the courier", tags=["late"], priority="high", assigns="me", status="pending",
        )  # fmt: skip


def test_a_macro_is_shown_changed_and_run_by_keys(cast: Cast, open_page: OpenPage) -> None:
    late_parcel(cast)
    conversation = begin(cast.vera, "Where is it?")
    desk = inbox_of(open_page, cast.alice, address(conversation.pk))
    desk.keyboard.press("Shift+M")
    desk.keyboard.type("late")
    desk.keyboard.press("Enter")
    sheet = desk.get_by_role("dialog", name="Late parcel")
    expect(sheet.get_by_label("Reply")).to_have_value("Dear Vera, it is on its way.")
    expect(sheet.get_by_role("listitem")).to_have_text(
        ["Adds the tags late", "Sets the priority: High", "Assigns it to you", "Marks it as pending"]
    )
    expect(sheet.get_by_role("button", name="Run")).to_be_focused()
    assert violations(desk) == []
    sheet.get_by_label("Reply").fill("It comes tomorrow.")
    sheet.get_by_role("button", name="Run").press("Enter")
    expect(sheet).to_have_count(0)
    expect(thread(desk)).to_contain_text("It comes tomorrow.")
    expect(thread(desk)).to_contain_text("Asked the courier")
    with tenant_scope(cast.acme.pk):
        row = Conversation.objects.get(pk=conversation.pk)
    assert (row.status, row.priority, row.operator_id) == ("pending", "high", cast.alice.pk)


def test_the_sheet_fits_a_phone_in_persian(cast: Cast, open_page: OpenPage) -> None:
    late_parcel(cast)
    conversation = begin(cast.vera, "سلام")
    desk = inbox_of(open_page, cast.alice, address(conversation.pk), language="fa", viewport=PHONE)
    desk.keyboard.press("Shift+M")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("dialog", name="Late parcel")).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(desk) == []


def test_a_visitor_is_kept_out_and_let_in_again_at_once(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "You fools")
    desk = inbox_of(open_page, cast.alice, address(conversation.pk))
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("option", name="Block this visitor…").click()
    desk.get_by_role("option", name="For a day").click()
    toast = desk.get_by_role("status").filter(has_text="Vera cannot write any more.")
    expect(toast).to_be_visible()
    with tenant_scope(cast.acme.pk):
        assert [one.contact_id for one in standing()] == [cast.vera.contact_id]
    with desk.expect_response("**/blocks/*"):
        toast.get_by_role("button", name="Undo").click()
    with tenant_scope(cast.acme.pk):
        assert not standing().exists()
