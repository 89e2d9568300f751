"""Two operators work on one conversation: handed over, invited into, taken over, watched."""

import pytest
from playwright.sync_api import Locator, Page, expect

from conversations.models import Conversation
from operators.actions.manage_teams import create_team
from tenants.scoping import tenant_scope
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.inbox import PHONE, address, bell, composer, inbox_of, notifications, rows, thread
from tests.cast import Cast, begin, reply

pytestmark = pytest.mark.usefixtures("site")


def handing(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Hand over or invite")


def cards(page: Page) -> Locator:
    return page.get_by_role("region", name="Offers").get_by_role("article")


def test_a_conversation_is_handed_over_with_a_note_that_stays_until_it_is_read(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "My parcel is late")
    reply(cast.bob, conversation)
    alice = inbox_of(open_page, cast.alice, "/inbox/")
    bob = inbox_of(open_page, cast.bob, address(conversation.pk))
    expect(thread(bob)).to_contain_text("My parcel is late")
    bob.keyboard.press("f")
    expect(handing(bob)).to_be_visible()
    assert violations(bob) == []
    handing(bob).get_by_role("radio", name="Alice").check()
    handing(bob).get_by_label("Private note").fill("She has waited for a week.")
    handing(bob).get_by_role("button", name="Hand over").click()
    expect(handing(bob)).to_have_count(0)
    expect(bob.get_by_role("status").filter(has_text="Alice has 30 seconds to accept.")).to_be_visible()
    expect(thread(bob)).to_contain_text("Bob asked Alice to take over")

    expect(cards(alice)).to_contain_text("Bob asks you to take over")
    expect(cards(alice)).to_contain_text("She has waited for a week.")
    assert violations(alice) == []
    alice.keyboard.press("y")
    expect(thread(alice)).to_contain_text("Alice joined the conversation")
    pinned = alice.get_by_role("region", name="Note from Bob")
    expect(pinned).to_contain_text("She has waited for a week.")
    assert violations(alice) == []
    alice.reload()
    expect(pinned).to_be_visible()
    pinned.get_by_role("button", name="Got it").click()
    expect(pinned).to_have_count(0)
    expect(bell(alice)).to_have_accessible_name("Notifications")


def test_what_is_declined_comes_back_with_a_notice(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "My parcel is late")
    reply(cast.bob, conversation)
    alice = inbox_of(open_page, cast.alice, "/inbox/")
    bob = inbox_of(open_page, cast.bob, address(conversation.pk))
    expect(thread(bob)).to_contain_text("My parcel is late")
    bob.keyboard.press("f")
    handing(bob).get_by_role("radio", name="Alice").check()
    handing(bob).get_by_role("button", name="Hand over").click()
    expect(cards(alice)).to_have_count(1)
    with alice.expect_response("**/decline"):
        cards(alice).get_by_role("button", name="Decline").click()
    expect(thread(bob)).to_contain_text("Alice declined to take over")
    bell(bob).click()
    expect(notifications(bob)).to_contain_text("Alice did not take over the conversation with Vera")
    with tenant_scope(cast.acme.pk):
        assert Conversation.objects.get(pk=conversation.pk).operator_id == cast.bob.pk


def test_the_dialog_says_who_is_not_here_and_invites_them_all_the_same(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Hello")
    reply(cast.bob, conversation)
    with tenant_scope(cast.acme.pk):
        create_team(actor=cast.bob.actor, name="Billing", member_ids=[cast.bob.pk])
    bob = inbox_of(open_page, cast.bob, address(conversation.pk), viewport=PHONE)
    expect(thread(bob)).to_contain_text("Hello")
    bob.keyboard.press("f")
    expect(handing(bob).get_by_role("radio", name="Billing")).to_be_disabled()
    # Set online, but with no page open: that the server alone knows.
    handing(bob).get_by_role("radio", name="Alice").check()
    handing(bob).get_by_role("button", name="Hand over").click()
    expect(handing(bob).get_by_role("alert")).to_contain_text("Alice is not here now.")
    handing(bob).get_by_role("radio", name="Invite, and stay in").check()
    handing(bob).get_by_role("radio", name="Alice").check()
    handing(bob).get_by_label("Private note").fill("Any idea?")
    handing(bob).get_by_role("button", name="Invite").click()
    expect(handing(bob)).to_have_count(0)
    expect(thread(bob)).to_contain_text("Bob invited Alice")
    alice = inbox_of(open_page, cast.alice, "/inbox/")
    bell(alice).click()
    expect(notifications(alice)).to_contain_text("Bob invites you to the conversation with Vera")


def test_taking_over_by_one_key_tells_whoever_had_it(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "Hello")
    reply(cast.bob, conversation)
    bob = inbox_of(open_page, cast.bob, "/inbox/?view=pending")
    alice = inbox_of(open_page, cast.alice, address(conversation.pk))
    expect(thread(alice)).to_contain_text("Hello")
    alice.keyboard.press("m")
    expect(thread(alice)).to_contain_text("Alice joined the conversation")
    expect(bob.get_by_role("status").filter(has_text="Alice took over the conversation")).to_be_visible()


def test_who_supervises_looks_on_unseen_whispers_and_joins(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "My parcel is late")
    reply(cast.alice, conversation)
    alice = inbox_of(open_page, cast.alice, address(conversation.pk))
    expect(thread(alice)).to_contain_text("My parcel is late")
    bob = inbox_of(open_page, cast.bob, "/inbox/?view=all")
    bob.get_by_role("button", name="Menu of Bob").click()
    bob.get_by_role("switch", name="Look on unseen where colleagues answer").check()
    bob.keyboard.press("Escape")
    rows(bob).filter(has_text="Vera").click()
    watching = bob.get_by_role("region", name="You are watching")
    expect(watching).to_be_visible()
    expect(bob.get_by_role("tab", name="Whisper to Alice")).to_be_visible()
    expect(bob.get_by_role("tab", name="Reply")).to_have_count(0)
    assert violations(bob) == []
    composer(bob).fill("Offer her express delivery")
    composer(bob).press("Enter")
    expect(thread(alice)).to_contain_text("@Alice Offer her express delivery")
    expect(alice.locator(".head__viewers")).to_have_count(0)
    watching.get_by_role("button", name="Join").click()
    expect(watching).to_have_count(0)
    expect(alice.locator(".head__viewers")).to_have_count(1)
    expect(bob.get_by_role("tab", name="Reply")).to_be_visible()


def test_an_operator_has_no_such_switch(cast: Cast, open_page: OpenPage) -> None:
    alice = inbox_of(open_page, cast.alice, "/inbox/")
    alice.get_by_role("button", name="Menu of Alice").click()
    expect(alice.get_by_role("switch", name="Sound")).to_be_visible()
    expect(alice.get_by_role("switch", name="Look on unseen")).to_have_count(0)
