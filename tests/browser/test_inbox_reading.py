"""Reading in the inbox: what arrives, where it stands, what is still unread."""

import pytest
from playwright.sync_api import expect

from conversations.actions.mark_read import mark_read
from conversations.models import Conversation
from tenants.scoping import TenantId, tenant_scope
from tests.browser.conftest import OpenPage
from tests.browser.inbox import address, inbox_of, rows, session_of, thread
from tests.cast import Cast, begin, make_visitor, reply

pytestmark = pytest.mark.usefixtures("site")


def test_a_message_appears_in_the_list_and_the_open_thread_as_it_is_sent(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Hello, is anybody there?")
    page = inbox_of(open_page, cast.alice, address(conversation.pk))
    expect(thread(page).get_by_text("Hello, is anybody there?")).to_be_visible()
    begin(make_visitor(cast.acme_widget, name="Zoe"), "I have a question")
    expect(rows(page)).to_have_count(2)
    expect(rows(page).first).to_contain_text("Zoe")
    expect(rows(page).first).to_contain_text("I have a question")
    expect(page.get_by_role("link", name="All open")).to_contain_text("2")


def test_opening_a_conversation_marks_it_read_for_every_operator(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "One", "Two")
    bob = inbox_of(open_page, cast.bob, "/inbox/?view=all")
    expect(rows(bob).first).to_contain_text("2 unread")
    alice = inbox_of(open_page, cast.alice, "/inbox/?view=all")
    rows(alice).first.click()
    expect(rows(bob).first).not_to_contain_text("unread")
    expect(alice.get_by_text("New", exact=True)).to_be_visible()
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Conversation.objects.get(pk=conversation.pk).unread_count == 0


def test_the_thread_opens_at_the_first_unread_message(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, *[f"Message {n}" for n in range(30)])
    with tenant_scope(TenantId(cast.acme.pk)):
        mark_read(actor=cast.alice.actor, conversation_id=conversation.pk, position=10_000)
        Conversation.objects.filter(pk=conversation.pk).update(unread_count=3)
    page = open_page(
        address(conversation.pk),
        storage_state=session_of(cast.alice),
        viewport={"width": 1200, "height": 600},
    )
    divider = page.locator("#first-unread")
    expect(divider).to_be_in_viewport()
    after = divider.locator("xpath=following-sibling::article[1]")
    expect(after).to_contain_text("Message 27")


def test_rows_stay_in_place_under_the_pointer_and_newcomers_are_announced(
    cast: Cast, open_page: OpenPage
) -> None:
    begin(cast.vera, "First")
    page = inbox_of(open_page, cast.alice, "/inbox/?view=all")
    rows(page).first.hover()
    begin(make_visitor(cast.acme_widget, name="Zoe"), "Second")
    pill = page.get_by_role("button", name="1 new conversation")
    expect(pill).to_be_visible()
    expect(rows(page)).to_have_count(1)
    pill.click()
    expect(rows(page).first).to_contain_text("Zoe")


def test_a_contact_who_reads_an_answer_makes_it_seen(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation, "Good morning")
    page = inbox_of(open_page, cast.alice, address(conversation.pk))
    answer = thread(page).get_by_label("Message by Alice")
    expect(answer).to_contain_text("Sent")
    with tenant_scope(TenantId(cast.acme.pk)):
        mark_read(actor=cast.vera.actor, conversation_id=conversation.pk, position=10_000)
    expect(answer).to_contain_text("Seen")


def test_older_messages_come_when_the_thread_is_scrolled_up(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, *[f"Message {n}" for n in range(70)])
    with tenant_scope(TenantId(cast.acme.pk)):
        mark_read(actor=cast.alice.actor, conversation_id=conversation.pk, position=10_000)
    page = inbox_of(open_page, cast.alice, address(conversation.pk))
    expect(thread(page).get_by_text("Message 69")).to_be_in_viewport()
    expect(thread(page).get_by_text("Message 5", exact=True)).to_have_count(0)
    thread(page).evaluate("element => { element.scrollTop = 0; }")
    expect(thread(page).get_by_text("Message 5", exact=True)).to_have_count(1)
    expect(page.get_by_role("button", name="To the newest")).to_be_visible()


def test_back_and_forward_walk_through_what_was_open(cast: Cast, open_page: OpenPage) -> None:
    begin(cast.vera, "From Vera")
    begin(make_visitor(cast.acme_widget, name="Zoe"), "From Zoe")
    page = inbox_of(open_page, cast.alice, "/inbox/?view=all")
    rows(page).filter(has_text="Vera").click()
    rows(page).filter(has_text="Zoe").click()
    expect(thread(page).get_by_text("From Zoe")).to_be_visible()
    page.go_back()
    expect(thread(page).get_by_text("From Vera")).to_be_visible()
    page.get_by_role("link", name="Resolved").click()
    expect(page.get_by_text("Nothing resolved yet")).to_be_visible()
    page.go_back()
    expect(thread(page).get_by_text("From Vera")).to_be_visible()
    expect(rows(page)).to_have_count(2)


def test_a_conversation_of_another_tenant_is_as_missing_as_none(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "A secret of Acme")
    page = open_page(address(conversation.pk), storage_state=session_of(cast.mallory))
    expect(page.get_by_text("This conversation is not here")).to_be_visible()
    assert "A secret of Acme" not in page.content()


def test_a_list_of_many_draws_only_what_is_in_sight(cast: Cast, open_page: OpenPage) -> None:
    for n in range(70):
        begin(make_visitor(cast.acme_widget, name=f"Visitor {n}"), "Hello")
    page = inbox_of(open_page, cast.alice, "/inbox/?view=all")
    expect(rows(page).first).to_have_attribute("aria-setsize", "70")
    assert rows(page).count() < 30
    # The second page is fetched on the way down.
    page.wait_for_function(
        """() => {
            const box = document.querySelector('.rows');
            box.scrollTop = box.scrollHeight;
            return document.querySelector('[aria-posinset="70"]');
        }"""
    )
    expect(rows(page).last).to_contain_text("Visitor 0")
    assert rows(page).count() < 30
