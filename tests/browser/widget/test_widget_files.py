"""Files and pictures: by button, by paste, by drop; refused in words, with nothing written lost."""

import io
from contextlib import suppress

import pytest
from PIL import Image
from playwright.sync_api import expect

from conversations.inboxes.widget.door import slow_down
from conversations.models import Attachment, Message
from tenants.errors import TooManyRequests
from tenants.scoping import TenantId, tenant_scope
from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import the_conversation
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

# Puts a file into a data transfer, as pasting and dropping do.
GIVE = """([name, kind, size]) => {
    const transfer = new DataTransfer();
    const bytes = new Uint8Array(size).fill(97);
    transfer.items.add(new File([bytes], name, {type: kind}));
    const event = new %s('%s', {bubbles: true, cancelable: true, %s: transfer});
    window.dispatchEvent(event);
}"""
PASTE = GIVE % ("ClipboardEvent", "paste", "clipboardData")
DROP = GIVE % ("DragEvent", "drop", "dataTransfer")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 200), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_picture_and_words_go_as_one_message(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.attach("cup.png", kind="image/png", content=picture())
    expect(widget.frame.locator(".chip img")).to_be_visible()
    widget.says_and_is_heard("Like this one?")
    shown = widget.frame.locator(".turn.own .picture img")
    expect(shown).to_have_attribute("alt", "cup.png")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    expect(widget.frame.locator(".chip")).to_have_count(0)
    with tenant_scope(TenantId(cast.acme.pk)):
        assert list(Message.objects.filter(kind="reply").values_list("text", "attachments__name")) == [
            ("Like this one?", "cup.png")
        ]


@pytest.mark.parametrize("way", [PASTE, DROP], ids=["pasted", "dropped"])
def test_a_file_is_sent_without_words(cast: Cast, visit: Visit, way: str) -> None:
    widget = visit().open()
    widget.frame.evaluate(way, ["size table.txt", "text/plain", 1200])
    expect(widget.frame.locator(".chip")).to_contain_text("1.2 kB")
    widget.composer.press("Enter")
    expect(widget.frame.locator(".turn.own .file")).to_contain_text("size table.txt")
    expect(widget.frame.locator(".turn.own .foot")).to_contain_text("Delivered")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (["film.mp4", "video/mp4", 21 * 2**20], "Too large: files may have 20 MB, pictures 10 MB."),
        (["photo.jpg", "image/jpeg", 11 * 2**20], "Too large: files may have 20 MB, pictures 10 MB."),
        (["drawing.svg", "image/svg+xml", 100], "Files of this kind are not accepted."),
        (["photo.png", "image/png", 100], "Files of this kind are not accepted."),
    ],
    ids=["too big", "too big a picture", "refused by its kind", "refused by its content"],
)
def test_a_file_that_may_not_be_sent_says_why_and_the_words_stay(
    cast: Cast, visit: Visit, file: list[object], words: str
) -> None:
    widget = visit().open()
    widget.composer.fill("Look at this")
    widget.frame.evaluate(PASTE, file)
    expect(widget.frame.locator(".chip [role=alert]")).to_have_text(words)
    expect(widget.composer).to_have_value("Look at this")
    widget.frame.get_by_role("button", name=f"Remove {file[0]}").click()
    expect(widget.frame.locator(".chip")).to_have_count(0)
    widget.composer.press("Enter")
    widget.sees("Look at this", own=True)
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Attachment.objects.count() == 0


def test_too_many_files_in_a_row_wait_and_can_be_tried_again(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Hello")
    key = f"upload:{the_conversation(cast).contact_id}"
    with suppress(TooManyRequests):
        while True:
            slow_down(key, rate=0.5, burst=30)
    widget.composer.fill("Look at this")
    widget.attach("one.txt")
    refusal = widget.frame.locator(".chip [role=alert]")
    expect(refusal).to_contain_text("That was a lot at once. Please wait a moment.")
    expect(widget.composer).to_have_value("Look at this")
    widget.page.wait_for_timeout(3000)
    refusal.get_by_role("button", name="Try again").click()
    expect(refusal).to_have_count(0)
    widget.composer.press("Enter")
    expect(widget.frame.locator(".turn.own .file")).to_contain_text("one.txt")


def test_ten_files_at_once_and_no_more(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.attach(*(f"{number}.txt" for number in range(11)))
    expect(widget.frame.locator(".chip")).to_have_count(10)
    expect(widget.frame.get_by_text("Up to 10 files at once.")).to_be_visible()
