"""The chat as a page of its own, and the links in e-mails that lead there."""

import pytest
from playwright.sync_api import expect

from conversations.links import contact_link
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.widget.visiting import Widget
from tests.cast import Cast, begin, reply

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_can_chat_without_any_site(cast: Cast, open_page: OpenPage) -> None:
    widget = Widget(open_page(f"/c/{cast.acme_widget.key}"))
    widget.is_ready()
    widget.says_and_is_heard("Hello")
    assert violations(widget.page) == []
    widget.page.reload()
    widget.sees("Hello", own=True)


def test_a_signed_link_goes_on_with_the_conversation_and_leaves_the_address(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Where is my parcel?")
    reply(cast.alice, conversation, "On its way.")
    link = contact_link(inbox=cast.acme_widget, contact_id=cast.vera.contact_id)
    widget = Widget(open_page(link))
    widget.sees("On its way.")
    assert widget.page.url.endswith(f"/c/{cast.acme_widget.key}")
    assert "t=" not in widget.page.evaluate(
        "JSON.stringify([history.state, document.referrer, location.href])"
    )
    widget.says_and_is_heard("Thanks!")
    expect(widget.frame.locator(".bubble.own")).to_have_text(["Where is my parcel?", "Thanks!"])


def test_a_worn_out_link_says_so_and_still_lets_one_write(cast: Cast, open_page: OpenPage) -> None:
    link = contact_link(inbox=cast.acme_widget, contact_id=cast.vera.contact_id)
    widget = Widget(open_page(link[:-1] + ("0" if link[-1] != "0" else "1")))
    widget.is_ready()
    expect(widget.frame.get_by_role("alert")).to_have_text("This link has expired.")
    widget.says_and_is_heard("Hello")
    expect(widget.frame.get_by_role("alert")).to_have_count(0)
