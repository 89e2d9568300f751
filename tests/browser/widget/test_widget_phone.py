"""On a phone the panel covers the page, and everything on it can be touched."""

import pytest
from playwright.sync_api import expect

from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import PHONE, Widget, the_conversation
from tests.cast import Cast, close, reply
from tests.conversations.inboxes.widget.asking import change

pytestmark = pytest.mark.django_db(transaction=True)

# Every control in view: what lies under its middle must be itself, and it must be big enough to be touched: 44 px, but
# for a link in a line of text.
UNTOUCHABLE = """() => [...document.querySelectorAll('button, summary, textarea, select, input, label.quiet, a')]
    .filter((control) => !control.matches('.hidden'))
    .filter((control) => control.checkVisibility())
    .map((control) => [control, control.getBoundingClientRect()])
    .filter(([control, box]) => {
        const view = control.closest('main')?.getBoundingClientRect() ?? {top: 0, bottom: innerHeight};
        return box.top >= view.top && box.bottom <= view.bottom;
    })
    .filter(([control, box]) => {
        const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        // An open menu lies over the rest on purpose.
        const least = control.matches('.bubble a:not(.file)') ? 18 : 44;
        return !(control.contains(found) || found?.closest('.menu[open]')) || Math.min(box.width, box.height) < least;
    })
    .map(([control, box]) => `${control.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


def on_a_phone(visit: Visit, **viewport: int) -> Widget:
    return visit(viewport={**PHONE, **viewport}, has_touch=True, is_mobile=True)


def overflow(widget: Widget) -> int:
    return int(widget.frame.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_the_panel_covers_the_page_which_stands_still_behind_it(cast: Cast, visit: Visit) -> None:
    widget = on_a_phone(visit).open()
    assert widget.frame.frame_element().bounding_box() == {"x": 0, "y": 0, **PHONE}
    assert widget.page.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"
    widget.frame.get_by_role("button", name="Close chat").tap()
    assert widget.page.evaluate("getComputedStyle(document.documentElement).overflow") == "visible"
    assert widget.launcher()["expanded"] is False


def test_no_keyboard_comes_uninvited(cast: Cast, visit: Visit) -> None:
    widget = on_a_phone(visit).open()
    expect(widget.frame.locator("h1")).to_be_focused()


def test_nothing_lies_over_the_send_button(cast: Cast, visit: Visit) -> None:
    widget = on_a_phone(visit).open()
    widget.composer.fill("Hello")
    button = widget.frame.get_by_role("button", name="Send").bounding_box()
    assert button is not None
    widget.page.touchscreen.tap(button["x"] + button["width"] / 2, button["y"] + button["height"] / 2)
    widget.sees("Hello", own=True)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("width", [320, 375])
def test_every_control_can_be_touched_in_every_state(
    cast: Cast, visit: Visit, language: str, width: int
) -> None:
    change(cast.acme_widget, language=language, settings={"ask_language": True})
    direction = "rtl" if language == "fa" else "ltr"
    widget = visit(
        page={"attributes": f'lang="{language}" dir="{direction}"'},
        viewport={"width": width, "height": 640},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    widget.at_start = language == "fa"
    widget.open()
    assert (widget.frame.evaluate(UNTOUCHABLE), overflow(widget)) == ([], 0)
    widget.attach("a very long name of a file that goes on and on.txt")
    expect(widget.frame.locator(".chip progress")).to_have_count(0)
    assert (widget.frame.evaluate(UNTOUCHABLE), overflow(widget)) == ([], 0)
    widget.say("Donaudampfschifffahrtsgesellschaftskapitän" * 3)
    expect(widget.frame.locator(".foot .icon")).to_be_visible()
    assert (widget.frame.evaluate(UNTOUCHABLE), overflow(widget)) == ([], 0)
    widget.frame.locator(".menu summary").tap()
    # Escape closes the menu that is open; pressed before the tap became a click it would close the chat.
    expect(widget.frame.locator(".menu[open]")).to_be_visible()
    assert (widget.frame.evaluate(UNTOUCHABLE), overflow(widget)) == ([], 0)
    widget.page.keyboard.press("Escape")
    conversation = the_conversation(cast)
    reply(cast.alice, conversation, "https://example.com/" + "a" * 120)
    close(cast.alice, conversation)
    widget.frame.locator(".faces button").last.tap()
    expect(widget.frame.locator(".card textarea")).to_be_visible()
    assert (widget.frame.evaluate(UNTOUCHABLE), overflow(widget)) == ([], 0)
