"""Several conversations of one visitor, each with what is being written in it and what was not read yet."""

import pytest
from playwright.sync_api import expect

from conversations.models import Conversation
from tenants.scoping import TenantId, tenant_scope
from tests.browser.axe import violations
from tests.browser.widget.conftest import Visit
from tests.browser.widget.test_widget_home import conversations, with_a_home
from tests.cast import Cast, close, reply

pytestmark = pytest.mark.django_db(transaction=True)


def test_conversations_are_kept_apart_with_what_was_being_written(cast: Cast, visit: Visit) -> None:
    with_a_home(cast)
    widget = visit().open()
    widget.frame.get_by_role("button", name="Write to us").click()
    widget.says_and_is_heard("A broken cup")
    widget.composer.fill("It was the blue")
    back = widget.frame.get_by_role("button", name="Back")
    back.click()
    widget.frame.get_by_role("button", name="New conversation").click()
    expect(widget.composer).to_have_value("")
    expect(widget.bubbles).to_have_count(1)
    widget.says_and_is_heard("A late parcel")
    widget.sees("A late parcel", own=True)
    expect(widget.frame.locator(".bubble.own")).to_have_count(1)
    assert conversations(cast) == [["A broken cup"], ["A late parcel"]]
    back.click()
    assert violations(widget.frame) == []
    widget.frame.get_by_role("button", name="A broken cup").click()
    expect(widget.composer).to_have_value("It was the blue")
    widget.composer.press("Enter")
    widget.sees("It was the blue", own=True)
    expect(widget.frame.locator(".foot")).to_contain_text(["Delivered"])
    assert conversations(cast) == [["A broken cup", "It was the blue"], ["A late parcel"]]


def test_an_answer_elsewhere_is_marked_until_it_is_read(cast: Cast, visit: Visit) -> None:
    with_a_home(cast)
    widget = visit().open()
    widget.frame.get_by_role("button", name="Write to us").click()
    widget.says_and_is_heard("A broken cup")
    widget.frame.get_by_role("button", name="Back").click()
    widget.frame.get_by_role("button", name="New conversation").click()
    widget.says_and_is_heard("A late parcel")
    with tenant_scope(TenantId(cast.acme.pk)):
        first = Conversation.objects.earliest("created_at")
    reply(cast.alice, first, "A new one is on its way")
    expect(widget.frame.locator(".back.unread")).to_be_visible()
    widget.frame.get_by_role("button", name="Back").click()
    row = widget.frame.get_by_role("button", name="A broken cup")
    expect(row).to_contain_text("Unread")
    row.click()
    widget.sees("A new one is on its way")
    widget.frame.get_by_role("button", name="Back").click()
    expect(widget.frame.get_by_role("button", name="A broken cup")).not_to_contain_text("Unread")
    widget.page.keyboard.press("Escape")
    reply(cast.alice, first, "It left today")
    widget.page.wait_for_timeout(300)
    widget.click_launcher()
    widget.sees("It left today")


def test_two_conversations_make_a_list_where_there_is_no_home(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("A broken cup")
    with tenant_scope(TenantId(cast.acme.pk)):
        close(cast.alice, Conversation.objects.get())
    expect(widget.frame.get_by_role("button", name="Back")).to_have_count(0)
    widget.frame.locator("main").get_by_role("button", name="New conversation").click()
    widget.says_and_is_heard("A late parcel")
    widget.frame.get_by_role("button", name="Back").click()
    widget.frame.get_by_role("button", name="A broken cup").click()
    widget.sees("A broken cup", own=True)
