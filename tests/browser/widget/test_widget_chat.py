"""A visitor chats: from the first click to the rating."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import WebSocket, expect

from conversations.actions.mark_read import mark_read
from conversations.events import TypingStarted
from conversations.models import Contact, Conversation, Message, Rating
from conversations.present import author_of
from tenants.events import broadcast
from tenants.scoping import TenantId, tenant_scope
from tests.browser.axe import violations
from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import the_conversation
from tests.cast import Cast, close, reply
from tests.conversations.inboxes.widget.asking import change
from tests.faults.stage import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def replies(cast: Cast) -> list[str]:
    with tenant_scope(TenantId(cast.acme.pk)):
        return list(
            Message.objects.filter(kind="reply").order_by("operators_position").values_list("text", flat=True)
        )


def test_both_sides_talk_and_see_how_far_it_got(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    expect(widget.frame.locator("h1")).to_have_text("Website")
    expect(widget.frame.locator(".status")).to_have_text(re.compile("We are here for you"))
    widget.says_and_is_heard("Is it dishwasher safe?")
    conversation = the_conversation(cast)
    with tenant_scope(TenantId(cast.acme.pk)):
        mark_read(
            actor=cast.alice.actor, conversation_id=conversation.pk, position=conversation.operators_position
        )
    expect(widget.frame.locator(".foot .seen")).to_contain_text("Seen")
    reply(cast.alice, conversation, "It is.")
    widget.sees("It is.")
    expect(widget.frame.locator("h1")).to_have_text("Alice")
    expect(widget.frame.locator(".line")).to_have_text(["Alice joined the conversation"])
    assert replies(cast) == ["Is it dishwasher safe?", "It is."]


@pytest.mark.parametrize(
    ("name", "shown"), [("Alice Brown", "AB"), ("Žydrūnė", "Ž"), ("سارا کریمی", "س"), ("", "W")]
)
def test_a_face_shows_first_letters_but_never_two_that_would_be_joined(
    cast: Cast, visit: Visit, name: str, shown: str
) -> None:
    change(cast.acme_widget, settings={"title": {"en": name or "Website"}})
    widget = visit().open()
    expect(widget.frame.locator("header .face")).to_have_text(shown)


def test_nobody_becomes_a_contact_by_opening_a_page_or_passing_over_the_button(
    cast: Cast, visit: Visit
) -> None:
    widget = visit()
    widget.page.wait_for_function("typeof window.Parley?.open === 'function'")
    assert not widget.is_prepared
    size = widget.page.viewport_size
    assert size is not None
    widget.page.mouse.move(size["width"] - 48, size["height"] - 48)
    assert widget.frame.locator("footer textarea").count() in (0, 1)
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Contact.objects.count() == 1


def test_shift_enter_breaks_the_line_and_a_composed_enter_sends_nothing(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.composer.press_sequentially("One")
    widget.composer.press("Shift+Enter")
    widget.composer.press_sequentially("Two")
    widget.composer.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    expect(widget.composer).to_have_value("One\nTwo")
    widget.composer.press("Enter")
    widget.sees("One\nTwo", own=True)
    expect(widget.composer).to_have_value("")


def test_typing_is_shown_and_ends_with_the_message(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Hello")
    conversation = the_conversation(cast)
    with tenant_scope(TenantId(cast.acme.pk)), transaction.atomic():
        broadcast(TypingStarted(conversation_id=conversation.pk, author=author_of(cast.alice.actor)))
    expect(widget.frame.get_by_role("img", name="Alice is typing")).to_be_visible()
    reply(cast.alice, conversation, "Hi!")
    widget.sees("Hi!")
    expect(widget.frame.locator(".dots")).to_have_count(0)


def test_the_visitors_own_typing_is_told_once_and_taken_back(cast: Cast, visit: Visit) -> None:
    widget = visit()
    sent: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on(
            "framesent", lambda payload: sent.extend(re.findall(r'"type":"(typing\.\w+)"', str(payload)))
        )

    widget.page.on("websocket", listen)
    widget.open().says_and_is_heard("Hello")
    widget.composer.press_sequentially("One more")
    expect(widget.composer).to_have_value("One more")
    widget.composer.fill("")
    widget.page.wait_for_timeout(200)
    assert sent == ["typing.start", "typing.stop"]


def test_what_comes_while_the_panel_is_closed_is_counted_until_it_is_read(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Hello")
    widget.composer.press("Escape")
    widget.page.evaluate("window.counts = []; Parley.on('unread', (count) => counts.push(count))")
    conversation = the_conversation(cast)
    reply(cast.alice, conversation, "One")
    reply(cast.alice, conversation, "Two")
    widget.page.wait_for_function("window.counts.at(-1) === 2")
    assert widget.launcher() == {"name": "Chat with us (2)", "expanded": False}
    widget.click_launcher()
    widget.page.wait_for_function("window.counts.at(-1) === 0")
    assert widget.launcher() == {"name": "Chat with us", "expanded": True}
    # The panel counts what it has seen at once; that it was read reaches the server a moment later.
    wait_until(lambda: the_conversation(cast).contact_unread_count == 0, "the server knows")


def test_who_comes_back_finds_the_history_and_goes_on_in_it(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("First visit")
    reply(cast.alice, the_conversation(cast), "Come again!")
    widget.sees("Come again!")
    widget.page.reload()
    widget.open()
    widget.sees("Come again!")
    widget.says_and_is_heard("Second visit")
    assert replies(cast) == ["First visit", "Come again!", "Second visit"]
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Contact.objects.count() == 2


def test_older_messages_come_when_one_scrolls_up(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Hello")
    conversation = the_conversation(cast)
    for number in range(70):
        reply(cast.alice, conversation, f"Reply {number}.")
    widget.page.reload()
    widget.open()
    widget.sees("Reply 69.")
    expect(widget.bubbles.filter(has_text="Reply 3.")).to_have_count(0)
    widget.frame.locator("main").evaluate("log => log.scrollTo(0, 0)")
    widget.sees("Reply 3.")
    widget.frame.locator("main").evaluate("log => log.scrollTo(0, 0)")
    widget.sees("Hello", own=True)


def test_a_resolved_conversation_is_rated_once_with_a_face_and_a_comment(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Hello")
    conversation = the_conversation(cast)
    reply(cast.alice, conversation)
    close(cast.alice, conversation)
    widget.frame.get_by_role("button", name="Good", exact=True).click()
    widget.frame.get_by_label("What made it so? (optional)").fill("Quick!")
    widget.frame.locator(".card").get_by_role("button", name="Send").click()
    expect(widget.frame.get_by_text("Thank you for your rating!")).to_be_visible()
    with tenant_scope(TenantId(cast.acme.pk)):
        assert list(Rating.objects.values_list("score", "comment")) == [(4, "Quick!")]


def test_ending_is_asked_about_and_writing_again_goes_on(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Hello")
    widget.choose("End conversation")
    expect(widget.frame.get_by_role("button", name="Go on")).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(widget.frame.locator(".menu .confirm")).to_be_hidden()
    assert (the_conversation(cast).status, widget.launcher()["expanded"]) == ("open", True)
    widget.choose("End conversation")
    widget.frame.get_by_role("button", name="Go on").click()
    assert the_conversation(cast).status == "open"
    widget.choose("End conversation")
    widget.frame.get_by_role("button", name="End it").click()
    expect(widget.frame.get_by_text("You ended the conversation")).to_be_visible()
    assert the_conversation(cast).status == "resolved"
    widget.says_and_is_heard("One more thing")
    assert the_conversation(cast).status == "open"


def test_a_new_conversation_begins_where_one_wants_it(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Hello")
    close(cast.alice, the_conversation(cast))
    widget.frame.locator("main").get_by_role("button", name="New conversation").click()
    widget.says_and_is_heard("Something else")
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Conversation.objects.count() == 2


def test_a_copy_of_the_conversation_can_be_kept(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Keep this")
    with widget.page.expect_download() as download:
        widget.choose("Save a copy")
    assert "Keep this" in download.value.path().read_text(encoding="utf-8-sig")
    assert re.fullmatch(r"chat-\d{4}-\d\d-\d\d\.txt", download.value.suggested_filename)


def test_a_name_and_an_address_are_asked_for_after_the_first_message(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    expect(widget.frame.locator(".card")).to_have_count(0)
    widget.says_and_is_heard("Hello")
    card = widget.frame.locator(".card")
    card.get_by_label("E-mail").fill("vera@")
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("alert")).to_have_text("Please enter a valid e-mail address.")
    card.get_by_label("E-mail").fill("vera@example.com")
    card.get_by_label("Name").fill("Vera Visitor")
    card.get_by_role("button", name="Save").click()
    expect(widget.frame.locator(".card")).to_have_count(0)
    contact = the_conversation(cast).contact
    assert (contact.name, contact.email, contact.is_verified) == ("Vera Visitor", "vera@example.com", False)


def test_the_panel_has_no_faults_that_axe_can_find(cast: Cast, visit: Visit) -> None:
    widget = visit(reduced_motion="reduce").open()
    widget.says_and_is_heard("Hello")
    conversation = the_conversation(cast)
    reply(cast.alice, conversation, "See https://example.com/")
    widget.sees("example.com")
    assert violations(widget.frame) == []
    widget.frame.locator(".menu summary").click()
    assert violations(widget.frame) == []
    close(cast.alice, conversation)
    expect(widget.frame.get_by_text("How was this conversation?")).to_be_visible()
    assert violations(widget.frame) == []
