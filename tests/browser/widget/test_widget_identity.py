"""People who are logged in on the shop's site: proven by a token, in two browsers, on a shared computer."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from conversations.models import Contact, IdentityCount
from tests.browser.conftest import OpenPage
from tests.browser.inbox import DESK, address, connected, session_of
from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import Widget, the_conversation
from tests.cast import Cast, reply
from tests.conversations.inboxes.widget.asking import change
from tests.identities import make_key, token_of
from tests.operators.scenes import within

pytestmark = pytest.mark.django_db(transaction=True)


def identify(widget: Widget, token: str, **more: Any) -> None:
    """Let the page say who is here, and wait until the panel is there as them."""
    widget.page.evaluate("(who) => Parley.push(['identify', who])", {"token": token, **more})


def is_told(cast: Cast, external_id: str) -> None:
    with within(cast.acme):
        assert Contact.objects.filter(external_id=external_id, is_verified=True).count() == 1


def bubble(widget: Widget, text: str) -> Locator:
    return widget.frame.locator(".bubble").filter(has_text=text)


def when_reloaded(page: Page, widget: Widget, token: str) -> None:
    with page.expect_event("framenavigated"):
        identify(widget, token)
    widget.is_ready()


def test_who_logs_in_goes_on_with_what_was_said_and_operators_see_who_it_is(
    cast: Cast, visit: Visit, open_page: OpenPage
) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    widget = visit().open()
    widget.says_and_is_heard("Before I logged in")
    conversation = the_conversation(cast)
    desk = open_page(address(conversation.pk), storage_state=session_of(cast.alice), viewport=DESK)
    connected(desk)
    expect(desk.get_by_text("Verified")).to_have_count(0)
    when_reloaded(widget.page, widget, token_of(key, name="Vera Verified", email="vera@shop.example"))
    expect(bubble(widget, "Before I logged in")).to_have_count(1)
    expect(desk.get_by_text("Verified", exact=True)).to_be_visible()
    expect(desk.get_by_text("Vera Verified").first).to_be_visible()
    widget.says_and_is_heard("After I logged in")
    is_told(cast, "user-7")
    assert the_conversation(cast).pk == conversation.pk


def test_one_person_in_two_browsers_sees_the_same_conversation(cast: Cast, visit: Visit) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    desk = visit().open()
    when_reloaded(desk.page, desk, token_of(key))
    desk.says_and_is_heard("From the desk")
    phone = visit().open()
    when_reloaded(phone.page, phone, token_of(key))
    expect(bubble(phone, "From the desk")).to_have_count(1)
    phone.says_and_is_heard("From the phone")
    desk.sees("From the phone", own=True)
    reply(cast.alice, the_conversation(cast), "Both of you see this")
    desk.sees("Both of you see this")
    phone.sees("Both of you see this")


def test_who_logs_out_of_a_shared_computer_leaves_nothing(cast: Cast, visit: Visit) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    widget = visit().open()
    when_reloaded(widget.page, widget, token_of(key, "vera"))
    widget.says_and_is_heard("Vera's secret")
    widget.composer.fill("Half a thought of Vera's")
    with widget.page.expect_event("framedetached"):
        widget.page.evaluate("Parley.reset()")
    widget.is_ready()
    expect(bubble(widget, "Vera's secret")).to_have_count(0)
    expect(widget.composer).to_have_value("")
    widget.page.reload()
    widget.open()
    expect(bubble(widget, "Vera's secret")).to_have_count(0)


def test_another_open_tab_does_not_bring_back_who_logged_out(cast: Cast, visit: Visit) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    widget = visit().open()
    when_reloaded(widget.page, widget, token_of(key, "vera"))
    widget.says_and_is_heard("Vera's secret")
    other = widget.page.context.new_page()
    other.goto(widget.page.url)
    tab = Widget(other).open()
    expect(bubble(tab, "Vera's secret")).to_have_count(1)
    widget.page.evaluate("Parley.reset()")
    # What a tab keeps later is kept beside the word that somebody was forgotten.
    tab.choose("Sound")
    widget.page.reload()
    widget.open()
    expect(bubble(widget, "Vera's secret")).to_have_count(0)


def test_somebody_else_who_logs_in_at_the_same_browser_sees_nothing_of_the_first(
    cast: Cast, visit: Visit
) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    widget = visit().open()
    when_reloaded(widget.page, widget, token_of(key, "vera"))
    widget.says_and_is_heard("Vera's secret")
    widget.composer.fill("Half a thought of Vera's")
    when_reloaded(widget.page, widget, token_of(key, "otto"))
    expect(bubble(widget, "Vera's secret")).to_have_count(0)
    expect(widget.composer).to_have_value("")
    widget.says_and_is_heard("Otto is here")
    with within(cast.acme):
        owners = Contact.objects.exclude(external_id="").order_by("external_id")
        assert [(one.external_id, one.conversations.count()) for one in owners] == [("otto", 1), ("vera", 1)]


def test_an_expired_token_is_told_and_a_fresh_one_is_taken(cast: Cast, visit: Visit) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    widget = visit().open()
    fresh = token_of(key)
    widget.page.evaluate(
        "(token) => Parley.on('tokenexpired', () => { window.renewed = true; Parley.identify({token}) })",
        fresh,
    )
    with widget.page.expect_event("framenavigated"):
        identify(widget, token_of(key, lives=timedelta(hours=-1), iat=...))
    widget.is_ready()
    assert widget.page.evaluate("window.renewed") is True
    is_told(cast, "user-7")


@pytest.mark.parametrize(
    ("mode", "name", "counted"), [("warn", "The Boss", 1), ("on", "", 1), ("off", "The Boss", 0)]
)
def test_what_a_page_says_unsigned(cast: Cast, visit: Visit, mode: str, name: str, counted: int) -> None:
    change(cast.acme_widget, settings={"identity": mode, "ask_identity": "off"})
    widget = visit().open()
    widget.page.evaluate("Parley.identify({name: 'The Boss'})")
    widget.says_and_is_heard("Hello")
    with within(cast.acme):
        assert the_conversation(cast).contact.name == name
        assert sum(IdentityCount.objects.values_list("unsigned", flat=True)) == counted
