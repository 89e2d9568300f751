"""The home of the widget, articles in it, and several conversations: by mouse, by keys, in two directions."""

import pytest
from playwright.sync_api import Route, expect

from conversations.models import Article, Conversation, Message
from tenants.scoping import TenantId, tenant_scope
from tests.browser.axe import violations
from tests.browser.widget.conftest import Visit
from tests.browser.widget.test_widget_away import go_home
from tests.browser.widget.visiting import PHONE, Widget
from tests.cast import Cast
from tests.conversations.articles import an_article, fresh, write
from tests.conversations.inboxes.widget.asking import change

pytestmark = pytest.mark.django_db(transaction=True)

LINKS = {"en": [{"title": "Our teas", "url": "https://shop.example/teas"}]}


def with_a_home(cast: Cast, mode: str = "equal") -> Article:
    """Give acme an article, news and a link, and let the home come as a help mode says."""
    settings = {
        "help_mode": mode,
        "announcement": {"en": "A new harvest", "fa": "برداشت تازه"},
        "links": LINKS,
    }
    change(cast.acme_widget, settings=settings)
    article = an_article(cast.acme, "When will my parcel arrive?", "In **two** days.\n\n- by van")
    write(cast.acme, article, "بسته‌ام کی می‌رسد؟", "دو روز دیگر.", language="fa")
    return article


def heading(widget: Widget, name: str) -> None:
    expect(widget.frame.get_by_role("heading", name=name)).to_be_visible()


def conversations(cast: Cast) -> list[list[str]]:
    """Return what visitors said, by conversation."""
    with tenant_scope(TenantId(cast.acme.pk)):
        return [
            list(
                Message.objects.filter(conversation=each, kind="reply", author_kind="contact")
                .order_by("operators_position")
                .values_list("text", flat=True)
            )
            for each in Conversation.objects.order_by("created_at")
        ]


def test_with_nothing_to_show_the_panel_opens_into_the_chat(cast: Cast, visit: Visit) -> None:
    change(cast.acme_widget, settings={"help_mode": "equal"})
    widget = visit().open()
    expect(widget.composer).to_be_focused()
    expect(widget.frame.get_by_role("button", name="Back")).to_have_count(0)


def test_the_chat_first_has_the_home_behind_it(cast: Cast, visit: Visit) -> None:
    with_a_home(cast, "contact_first")
    widget = visit().open()
    expect(widget.composer).to_be_focused()
    widget.frame.get_by_role("button", name="Back").click()
    heading(widget, "Hello! How can we help?")
    expect(widget.frame.get_by_role("heading", name="Hello! How can we help?")).to_be_focused()
    assert violations(widget.frame) == []


def test_the_home_shows_who_is_here_news_help_and_links(cast: Cast, visit: Visit) -> None:
    with_a_home(cast)
    widget = visit().open()
    heading(widget, "Hello! How can we help?")
    expect(widget.composer).to_have_count(0)
    for text in ("Here now: Alice", "A new harvest", "When will my parcel arrive?"):
        expect(widget.frame.get_by_text(text)).to_be_visible()
    link = widget.frame.get_by_role("link", name="Our teas")
    expect(link).to_have_attribute("href", "https://shop.example/teas")
    expect(link).to_have_attribute("target", "_blank")
    assert violations(widget.frame) == []
    widget.frame.get_by_role("button", name="Write to us").click()
    expect(widget.composer).to_be_focused()
    widget.says_and_is_heard("Hello")
    assert conversations(cast) == [["Hello"]]


def test_an_article_is_found_read_and_voted_for_with_the_keyboard_alone(cast: Cast, visit: Visit) -> None:
    article = with_a_home(cast)
    an_article(cast.acme, "Gift cards")
    widget = visit().open()
    heading(widget, "Hello! How can we help?")
    keys, frame = widget.page.keyboard, widget.frame
    frame.get_by_role("searchbox", name="Search for help").focus()
    keys.type("parcel")
    expect(frame.locator(".list .item b")).to_have_text(["When will my parcel arrive?", "Our teas"])
    keys.press("Tab")
    keys.press("Enter")
    expect(frame.get_by_role("heading", name="When will my parcel arrive?")).to_be_focused()
    expect(frame.locator(".article strong")).to_have_text("two")
    assert violations(frame) == []
    keys.press("Tab")
    expect(frame.get_by_role("button", name="Yes")).to_be_focused()
    keys.press("Enter")
    expect(frame.get_by_text("Thank you for telling us.")).to_be_visible()
    assert (fresh(article).yes_count, fresh(article).view_count) == (1, 1)
    frame.get_by_role("button", name="Back").press("Enter")
    expect(frame.get_by_role("button", name="When will my parcel arrive?")).to_be_focused()
    expect(frame.get_by_role("searchbox")).to_have_value("parcel")
    keys.press("Escape")
    assert widget.launcher()["expanded"] is False


def test_who_finds_nothing_is_led_to_people(cast: Cast, visit: Visit) -> None:
    with_a_home(cast, "help_first")
    widget = visit().open()
    heading(widget, "Hello! How can we help?")
    expect(widget.frame.get_by_role("button", name="Write to us")).to_have_count(0)
    widget.frame.get_by_role("searchbox").fill("elephant")
    expect(widget.frame.locator(".empty")).to_have_text("Nothing found for “elephant”.")
    assert violations(widget.frame) == []
    widget.frame.get_by_role("button", name="Write to us").click()
    expect(widget.composer).to_be_focused()


def test_articles_alone_have_no_chat(cast: Cast, visit: Visit) -> None:
    with_a_home(cast, "help_only")
    widget = visit().open()
    widget.frame.get_by_role("button", name="When will my parcel arrive?").click()
    expect(widget.frame.locator(".article")).to_be_visible()
    expect(widget.frame.get_by_role("button", name="Write to us")).to_have_count(0)
    expect(widget.composer).to_have_count(0)


def test_articles_are_suggested_while_nobody_is_there(cast: Cast, visit: Visit) -> None:
    with_a_home(cast, "contact_first")
    go_home(cast)
    widget = visit().open()
    widget.composer.fill("Where is my parcel")
    item = widget.frame.locator(".typed").get_by_role("button", name="When will my parcel arrive?")
    expect(item).to_be_visible()
    assert violations(widget.frame) == []
    item.click()
    expect(widget.frame.locator(".article")).to_be_visible()
    widget.frame.get_by_role("button", name="Back").click()
    expect(widget.composer).to_have_value("Where is my parcel")


def test_a_lost_screen_is_asked_for_again(cast: Cast, visit: Visit) -> None:
    with_a_home(cast)
    widget = visit()
    failing = [True]

    def answer(route: Route) -> None:
        if failing:
            failing.clear()
            route.abort()
        else:
            route.continue_()

    widget.page.route("**/screens/home**", answer)
    widget.open()
    expect(widget.frame.get_by_role("alert")).to_contain_text("No connection.")
    widget.frame.get_by_role("button", name="Try again").click()
    heading(widget, "Hello! How can we help?")


def test_it_reads_from_the_right_in_persian(cast: Cast, visit: Visit) -> None:
    with_a_home(cast)
    widget = visit(page={"attributes": 'lang="fa" dir="rtl"'}, color_scheme="dark")
    widget.at_start = True
    widget.page.wait_for_function("typeof window.Parley?.open === 'function'")
    widget.page.evaluate("Parley.open()")
    widget.is_ready()
    expect(widget.frame.get_by_text("برداشت تازه")).to_be_visible()
    assert violations(widget.frame) == []
    widget.frame.get_by_role("button", name="بسته‌ام کی می‌رسد؟").click()
    expect(widget.frame.locator(".article")).to_have_text("دو روز دیگر.")
    assert violations(widget.frame) == []
    face = widget.frame.locator("header .face").bounding_box()
    back = widget.frame.locator("header .back").bounding_box()
    assert face
    assert back
    assert back["x"] > face["x"]


def test_on_a_phone_everything_fits_and_can_be_touched(cast: Cast, visit: Visit) -> None:
    with_a_home(cast)
    widget = visit(viewport={**PHONE, "width": 320}, has_touch=True, is_mobile=True).open()
    heading(widget, "Hello! How can we help?")
    assert int(widget.frame.evaluate("document.documentElement.scrollWidth - innerWidth")) == 0
    small = """() => [...document.querySelectorAll('main button, main a.item, main input, header button')]
        .filter((control) => Math.min(control.offsetWidth, control.offsetHeight) < 44)
        .map((control) => control.outerHTML)"""
    assert widget.frame.evaluate(small) == []
