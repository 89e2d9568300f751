"""What a visitor wrote and the server has not: kept over reloads, tabs and closed browsers, and sent once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, expect

from config.local import chromium
from conversations.models import Contact, Message
from tenants.scoping import TenantId, tenant_scope
from tests.browser.conftest import OpenPage
from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import Cut, Widget, shop_page
from tests.cast import Cast
from tests.host_site import HostSite, host_site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def host() -> Iterator[HostSite]:
    """A site on our own host, so that the browser lets the frame keep something even in a private window."""
    with host_site("localhost") as served:
        yield served


def texts(cast: Cast) -> list[str]:
    with tenant_scope(TenantId(cast.acme.pk)):
        replies = Message.objects.filter(kind="reply").order_by("operators_position")
        return list(replies.values_list("text", flat=True))


def until_all_is_sent(widget: Widget, count: int) -> None:
    """Wait until so many of the visitor's messages stand there and the server has every one."""
    expect(widget.frame.locator(".turn.own")).to_have_count(count)
    expect(widget.frame.get_by_text("Sending…")).to_have_count(0)
    expect(widget.frame.locator(".turn.own .foot time")).to_be_visible()


def reopen(widget: Widget) -> None:
    """Load the page anew and open the chat, whether it finds a connection or not."""
    widget.page.reload()
    widget.page.wait_for_function("typeof window.Parley?.open === 'function'")
    widget.click_launcher()


def test_what_was_written_without_a_connection_survives_a_reload_without_one(
    cast: Cast, visit: Visit
) -> None:
    widget = visit()
    cut = Cut(widget)
    widget.open().says_and_is_heard("One")
    cut.now()
    widget.say("Two")
    widget.say("Three")
    widget.composer.fill("Fo")
    reopen(widget)
    expect(widget.frame.locator(".turn.own")).to_have_count(2)
    expect(widget.frame.get_by_text("Sending…")).to_have_count(2)
    expect(widget.composer).to_have_value("Fo")
    assert texts(cast) == ["One"]
    cut.mend()
    until_all_is_sent(widget, 3)
    assert texts(cast) == ["One", "Two", "Three"]
    expect(widget.frame.locator(".bubble.own")).to_have_text(["One", "Two", "Three"])


def test_a_page_that_cannot_even_be_loaded_loses_nothing(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("One")
    widget.page.context.set_offline(True)
    widget.say("Two")
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        widget.page.reload()
    widget.page.context.set_offline(False)
    reopen(widget)
    until_all_is_sent(widget, 2)
    assert texts(cast) == ["One", "Two"]


def profile(browser: Browser, folder: Path) -> BrowserContext:
    """Open a browser that keeps its things in a folder."""
    program = chromium.find(playwrights_own=browser.browser_type.executable_path)
    return browser.browser_type.launch_persistent_context(
        folder, executable_path=program, args=chromium.FLAGS, locale="en-GB"
    )


def test_a_first_message_left_in_a_closed_browser_is_sent_when_the_site_is_next_visited(
    cast: Cast, host: HostSite, browser: Browser, tmp_path: Path
) -> None:
    address = host.add("/", shop_page(cast.acme_widget))
    context = profile(browser, tmp_path)
    page = context.new_page()
    page.goto(address)
    widget = Widget(page)
    cut = Cut(widget)
    widget.open()
    cut.now()
    widget.say("Is anybody there?")
    expect(widget.frame.get_by_text("Sending…")).to_be_visible()
    context.close()
    assert texts(cast) == []
    context = profile(browser, tmp_path)
    page = context.new_page()
    page.goto(address)
    # Nobody touches the launcher: the panel starts by itself and sends.
    widget = Widget(page)
    until_all_is_sent(widget, 1)
    context.close()
    assert texts(cast) == ["Is anybody there?"]


def test_two_tabs_lose_nothing_of_each_other_and_send_everything_once(cast: Cast, visit: Visit) -> None:
    widget = visit()
    cut = Cut(widget)
    widget.open().says_and_is_heard("One")
    tab = widget.page.context.new_page()
    tab.goto(widget.page.url)
    other = Widget(tab).open()
    other.sees("One", own=True)
    cut.now()
    widget.say("from the first")
    other.say("from the second")
    other.composer.fill("a draft")
    widget.say("again from the first")
    # Either tab takes up, after a reload, what both have left.
    reopen(widget)
    expect(widget.frame.get_by_text("Sending…")).to_have_count(3)
    tab.close()
    cut.mend()
    until_all_is_sent(widget, 4)
    assert sorted(texts(cast)) == ["One", "again from the first", "from the first", "from the second"]
    assert texts(cast).index("from the first") < texts(cast).index("again from the first")


def test_two_open_tabs_send_what_they_both_hold_once(cast: Cast, visit: Visit) -> None:
    widget = visit()
    cut = Cut(widget)
    widget.open().says_and_is_heard("One")
    cut.now()
    widget.say("Two")
    tab = widget.page.context.new_page()
    tab.goto(widget.page.url)
    other = Widget(tab)
    tab.wait_for_function("typeof window.Parley?.open === 'function'")
    other.click_launcher()
    expect(other.frame.get_by_text("Sending…")).to_be_visible()
    cut.mend()
    other.frame.evaluate("dispatchEvent(new Event('online'))")
    until_all_is_sent(widget, 2)
    until_all_is_sent(other, 2)
    assert texts(cast) == ["One", "Two"]


def test_the_fifty_first_message_stays_in_the_composer_with_a_word(cast: Cast, visit: Visit) -> None:
    widget = visit()
    cut = Cut(widget)
    widget.open().says_and_is_heard("Hello")
    cut.now()
    for number in range(50):
        widget.say(f"{number}.")
    expect(widget.frame.get_by_text("Sending…")).to_have_count(50)
    widget.say("one too many")
    expect(widget.frame.get_by_role("alert")).to_have_text("No connection. Please try again.")
    expect(widget.composer).to_have_value("one too many")
    cut.mend()
    until_all_is_sent(widget, 51)
    widget.says_and_is_heard("one too many")
    assert texts(cast) == ["Hello", *(f"{number}." for number in range(50)), "one too many"]


def test_what_one_visitor_left_unsent_is_never_sent_as_the_next(cast: Cast, visit: Visit) -> None:
    widget = visit()
    cut = Cut(widget)
    widget.open().says_and_is_heard("One")
    cut.now()
    widget.say("my secret")
    widget.composer.fill("and my draft")
    widget.page.evaluate("Parley.reset()")
    cut.mend()
    widget.is_ready()
    expect(widget.composer).to_have_value("")
    expect(widget.frame.locator(".turn.own")).to_have_count(0)
    widget.says_and_is_heard("somebody else")
    assert texts(cast) == ["One", "somebody else"]
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Contact.objects.exclude(pk=cast.vera.contact_id).count() == 2


def test_where_the_frame_may_keep_nothing_the_page_itself_remembers(cast: Cast, open_page: OpenPage) -> None:
    # A private window, and a site that is another one for the browser.
    with host_site("127.0.0.1") as elsewhere:
        widget = Widget(open_page(elsewhere.add("/", shop_page(cast.acme_widget))))
        send_over_a_cut(cast, widget)


def send_over_a_cut(cast: Cast, widget: Widget) -> None:
    cut = Cut(widget)
    widget.open().says_and_is_heard("One")
    with pytest.raises(Error, match="Access is denied"):
        widget.frame.evaluate("localStorage.length")
    cut.now()
    widget.say("Two")
    expect(widget.frame.get_by_text("Sending…")).to_be_visible()
    cut.mend()
    until_all_is_sent(widget, 2)
    assert texts(cast) == ["One", "Two"]
