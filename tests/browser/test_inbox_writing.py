"""Writing in the inbox: replies, notes, drafts, canned replies, files, and two who answer at once."""

import struct
import zlib

import pytest
from playwright.sync_api import FilePayload, Page, expect

from conversations.models import CannedReply, Message
from tenants.scoping import TenantId, tenant_scope
from tests.browser.conftest import OpenPage
from tests.browser.inbox import address, composer, connected, inbox_of, rows, thread, write
from tests.cast import Cast, begin, make_visitor, reply

pytestmark = pytest.mark.usefixtures("site")


def picture() -> FilePayload:
    """Return a PNG of one red pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    content = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    return {"name": "red.png", "mimeType": "image/png", "buffer": content}


def said(cast: Cast) -> list[tuple[str, str]]:
    """Return kind and text of everything said at Acme, in order."""
    with tenant_scope(TenantId(cast.acme.pk)):
        messages = Message.objects.exclude(kind="event").order_by("operators_position")
        return [(message.kind, message.text) for message in messages]


def open_vera(cast: Cast, open_page: OpenPage) -> Page:
    conversation = begin(cast.vera, "Hello")
    page = inbox_of(open_page, cast.alice, address(conversation.pk))
    expect(thread(page).get_by_text("Hello")).to_be_visible()
    return page


def test_enter_sends_a_reply_that_colleagues_see(cast: Cast, open_page: OpenPage) -> None:
    page = open_vera(cast, open_page)
    bob = inbox_of(open_page, cast.bob, "/inbox/?view=all")
    composer(page).fill("Good")
    composer(page).press("Shift+Enter")
    composer(page).press_sequentially("morning")
    composer(page).press("Enter")
    expect(thread(page).get_by_label("Message by Alice")).to_contain_text("Good\nmorning")
    expect(composer(page)).to_be_focused()
    expect(rows(bob).first).to_contain_text("Good morning")
    assert said(cast) == [("reply", "Hello"), ("reply", "Good\nmorning")]


def test_a_note_looks_like_a_note_and_is_one(cast: Cast, open_page: OpenPage) -> None:
    page = open_vera(cast, open_page)
    page.get_by_role("tab", name="Private note").click()
    write(page, "Ask Bob about this")
    expect(thread(page).get_by_label("Private note by Alice")).to_contain_text("Ask Bob about this")
    assert said(cast)[-1] == ("note", "Ask Bob about this")


def test_drafts_survive_a_reload_for_each_conversation_and_mode(cast: Cast, open_page: OpenPage) -> None:
    begin(make_visitor(cast.acme_widget, name="Zoe"), "Hi")
    page = open_vera(cast, open_page)
    composer(page).fill("Dear Vera")
    page.get_by_role("tab", name="Private note").click()
    composer(page).fill("she is a regular")
    rows(page).filter(has_text="Zoe").click()
    expect(composer(page)).to_have_value("")
    page.reload()
    expect(rows(connected(page)).filter(has_text="Vera")).to_contain_text("Draft")
    rows(page).filter(has_text="Vera").click()
    expect(composer(page)).to_have_value("Dear Vera")
    page.get_by_role("tab", name="Private note").click()
    expect(composer(page)).to_have_value("she is a regular")


def test_a_canned_reply_comes_by_the_slash_with_its_variables_filled(cast: Cast, open_page: OpenPage) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        for shortcut, text in (("hi", "Hello {{contact.name}}, I am {{operator.name}}."), ("bye", "Goodbye")):
            CannedReply.objects.create(shortcut=shortcut, title=shortcut.title(), text=text)
    page = open_vera(cast, open_page)
    composer(page).press_sequentially("/")
    menu = page.get_by_role("listbox", name="Canned replies")
    expect(menu.get_by_role("option")).to_have_count(2)
    composer(page).press_sequentially("h")
    expect(menu.get_by_role("option")).to_have_count(1)
    composer(page).press("Enter")
    expect(composer(page)).to_have_value("Hello Vera, I am Alice.")
    assert len(said(cast)) == 1


def test_a_picture_is_attached_and_sent(cast: Cast, open_page: OpenPage) -> None:
    page = open_vera(cast, open_page)
    page.get_by_label("Attach files").first.set_input_files(picture())
    expect(page.get_by_role("button", name="Remove red.png")).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click()
    image = thread(page).get_by_role("img", name="red.png")
    expect(image).to_be_visible()
    page.wait_for_function("() => document.querySelector('.attached img').naturalWidth === 1")


def test_a_refused_file_says_why_and_loses_no_text(cast: Cast, open_page: OpenPage) -> None:
    page = open_vera(cast, open_page)
    composer(page).fill("See the attached program")
    page.get_by_label("Attach files").first.set_input_files(
        {"name": "tool.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ\x90\x00" + b"\0" * 200}
    )
    expect(page.get_by_text("Files of this kind are not accepted.")).to_be_visible()
    expect(composer(page)).to_have_value("See the attached program")
    page.get_by_role("button", name="Remove tool.exe").click()
    composer(page).press("Enter")
    expect(thread(page).get_by_text("See the attached program")).to_be_visible()


def test_what_is_written_without_a_connection_is_sent_once_when_it_is_back(
    cast: Cast, open_page: OpenPage
) -> None:
    page = open_vera(cast, open_page)
    page.context.set_offline(True)
    page.evaluate("() => dispatchEvent(new Event('offline'))")
    write(page, "Sent from a tunnel")
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.context.set_offline(False)
    connected(page)
    expect(thread(page).get_by_label("Message by Alice")).to_contain_text("Sent from a tunnel")
    assert said(cast).count(("reply", "Sent from a tunnel")) == 1


def test_who_is_still_writing_hears_that_a_colleague_has_just_answered(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Hello")
    page = inbox_of(open_page, cast.alice, address(conversation.pk))
    expect(thread(page).get_by_text("Hello")).to_be_visible()
    composer(page).fill("I think that")
    reply(cast.bob, conversation, "It is on its way")
    warning = page.get_by_role("alert").filter(has_text="Bob has just replied")
    expect(warning).to_be_visible()
    composer(page).press("Enter")
    expect(composer(page)).to_have_value("I think that")
    assert said(cast)[-1] == ("reply", "It is on its way")
    warning.get_by_role("button", name="Send anyway").click()
    expect(thread(page).get_by_text("I think that")).to_be_visible()


def test_operators_see_who_else_has_the_conversation_open_and_is_writing(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Hello")
    page = inbox_of(open_page, cast.alice, address(conversation.pk))
    bob = inbox_of(open_page, cast.bob, address(conversation.pk))
    expect(page.get_by_text("Bob is looking at this conversation")).to_be_attached()
    composer(bob).press_sequentially("I will")
    expect(page.get_by_role("status").filter(has_text="Bob is writing a reply")).to_be_visible()
    bob.goto("/inbox/")
    expect(page.get_by_text("Bob is looking at this conversation")).to_have_count(0)
