"""An operator mentions another in a note, who hears of it and goes there."""

import pytest
from playwright.sync_api import Locator, Page, expect

from conversations.models import Notification
from operators.actions.manage_teams import create_team
from tenants.scoping import tenant_scope
from tests.background import catch_up
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.inbox import PHONE, address, bell, composer, inbox_of, notifications, thread
from tests.cast import Cast, begin

pytestmark = pytest.mark.usefixtures("site")


def suggestions(page: Page) -> Locator:
    return page.get_by_role("listbox", name="People and teams").get_by_role("option")


def add_note(page: Page, text: str) -> None:
    page.keyboard.press("n")
    composer(page).press_sequentially(text)


def test_a_mention_is_completed_told_and_leads_to_the_note(cast: Cast, open_page: OpenPage) -> None:
    with tenant_scope(cast.acme.pk):
        create_team(actor=cast.bob.actor, name="Albatross", member_ids=[cast.alice.pk])
    conversation = begin(cast.vera, "My parcel is late")
    bob = inbox_of(open_page, cast.bob, address(conversation.pk))
    alice = inbox_of(open_page, cast.alice, "/inbox/")
    expect(thread(bob)).to_contain_text("My parcel is late")
    add_note(bob, "Can you help, @al")
    # The letter of the picture comes first.
    expect(suggestions(bob)).to_have_text(["AAlice", "AlbatrossTeam"])
    assert violations(bob) == []
    composer(bob).press("ArrowDown")
    composer(bob).press("ArrowUp")
    composer(bob).press("Enter")
    expect(composer(bob)).to_have_value("Can you help, @Alice ")
    composer(bob).press_sequentially("please")
    composer(bob).press("Enter")
    expect(thread(bob).locator(".mention")).to_have_text("@Alice")

    catch_up(cast.acme)
    expect(bell(alice)).to_have_accessible_name("Notifications, 1 unread")
    expect(alice.get_by_role("status").filter(has_text="mentioned you")).to_be_visible()
    bell(alice).click()
    expect(notifications(alice)).to_contain_text("Bob mentioned you in the conversation with Vera")
    expect(notifications(alice)).to_contain_text("Can you help, @Alice please")
    assert violations(alice) == []
    with alice.expect_response("**/notifications/*/read"):
        notifications(alice).get_by_role("button").filter(has_text="mentioned you").click()
    expect(thread(alice).locator(".message--target .mention--me")).to_have_text("@Alice")
    expect(bell(alice)).to_have_accessible_name("Notifications")
    with tenant_scope(cast.acme.pk):
        assert Notification.objects.filter(read_at=None).count() == 0


def test_escape_leaves_the_at_as_it_is_and_a_reply_offers_nobody(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "Hello")
    bob = inbox_of(open_page, cast.bob, address(conversation.pk))
    expect(thread(bob)).to_contain_text("Hello")
    add_note(bob, "@ali")
    expect(suggestions(bob)).to_have_count(1)
    composer(bob).press("Escape")
    expect(suggestions(bob)).to_have_count(0)
    expect(composer(bob)).to_have_value("@ali")
    bob.get_by_role("tab", name="Reply").click()
    composer(bob).press_sequentially("@ali")
    expect(composer(bob)).to_have_value("@ali")
    expect(suggestions(bob)).to_have_count(0)


def test_all_are_read_at_once_by_key_and_on_a_phone(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "Hello")
    bob = inbox_of(open_page, cast.bob, address(conversation.pk))
    expect(thread(bob)).to_contain_text("Hello")
    add_note(bob, "@Alice one")
    composer(bob).press("Control+Enter")
    expect(thread(bob).locator(".mention")).to_have_count(1)
    catch_up(cast.acme)
    alice = inbox_of(open_page, cast.alice, "/inbox/", viewport=PHONE)
    expect(bell(alice)).to_have_accessible_name("Notifications, 1 unread")
    alice.keyboard.press("g")
    alice.keyboard.press("n")
    expect(notifications(alice)).to_be_in_viewport(ratio=1)
    notifications(alice).get_by_role("button", name="Mark all as read").click()
    expect(bell(alice)).to_have_accessible_name("Notifications")
    alice.keyboard.press("Escape")
    expect(notifications(alice)).to_have_count(0)
    alice.reload()
    expect(bell(alice)).to_have_accessible_name("Notifications")
