"""The widget on all sorts of pages: strict, hostile, without storage, and those that may not carry it."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from conversations.models import Contact
from tenants.scoping import TenantId, tenant_scope
from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import Widget, shop_page, snippet
from tests.cast import Cast
from tests.conversations.inboxes.widget.asking import change
from tests.host_site import HostSite

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE_STYLE = """<style>
* { all: revert !important; display: none !important; opacity: 0 !important; transform: scale(0) !important;
    letter-spacing: 9px !important; pointer-events: none !important; z-index: -1 !important; }
html, body { display: block !important; opacity: 1 !important; transform: none !important;
    pointer-events: auto !important }
div, iframe, button { position: static !important; visibility: hidden !important;
    inset-inline-start: -9999px !important }
</style>"""
HOSTILE_SCRIPT = """<script>
for (const name of ['keydown', 'keypress', 'keyup']) {
    addEventListener(name, (event) => { (window.keys ??= []).push(event.key); event.preventDefault(); }, true);
}
Array.prototype.map = () => { throw new Error('mine'); };
addEventListener('message', (event) => { (window.heard ??= []).push(JSON.stringify(event.data)); });
</script>"""
NO_STORAGE = """<script>
for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
}
</script>"""


def test_a_strict_policy_needs_to_name_the_script_and_the_frame_only(cast: Cast, visit: Visit) -> None:
    origin = settings.PARLEY_WIDGET_ORIGIN
    policy = (
        f"default-src 'none'; script-src {origin}; frame-src {origin}; img-src data:;"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    )
    widget = visit(headers={"Content-Security-Policy": policy}).open()
    widget.says_and_is_heard("Hello")


def test_hostile_styles_and_scripts_neither_hide_it_nor_see_what_is_typed(cast: Cast, visit: Visit) -> None:
    widget = visit(page={"head": HOSTILE_STYLE + HOSTILE_SCRIPT}).open()
    box = widget.frame.frame_element().bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (392, 610)
    widget.composer.press_sequentially("My card number")
    widget.composer.press("Enter")
    widget.sees("My card number", own=True)
    assert widget.page.evaluate("window.keys ?? []") == []
    heard = widget.page.evaluate("window.heard")
    assert not any("card" in message for message in heard)


def test_only_the_page_it_is_framed_by_is_listened_to(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.page.evaluate("postMessage({type: 'close'}, '*'); postMessage({type: 'unread', detail: 9}, '*')")
    widget.frame.evaluate("postMessage({type: 'reset'}, '*')")
    widget.page.wait_for_timeout(200)
    assert widget.launcher() == {"name": "Chat with us", "expanded": True}
    widget.says_and_is_heard("Still here")


def test_without_any_storage_it_still_talks(cast: Cast, visit: Visit) -> None:
    widget = visit(page={"head": NO_STORAGE}).open()
    widget.says_and_is_heard("Hello")


def test_a_page_that_is_not_allowed_cannot_frame_it(cast: Cast, host: HostSite, browser: Browser) -> None:
    change(cast.acme_widget, allowed_domains=["shop.example"])
    # A page of its own: the browser's complaint in the console is what is wanted here.
    page = browser.new_page()
    page.goto(host.add("/", shop_page(cast.acme_widget)))
    widget = Widget(page)
    widget.page.wait_for_function("typeof window.Parley?.open === 'function'")
    widget.click_launcher()
    widget.page.wait_for_timeout(1000)
    assert not any(frame.url.startswith(settings.PARLEY_WIDGET_ORIGIN) for frame in widget.page.frames)
    page.close()
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Contact.objects.count() == 1


def test_the_page_can_drive_it(cast: Cast, visit: Visit) -> None:
    widget = visit(
        page={
            "head": "<script>window.Parley = [['on', 'open', () => { window.opened = true }], ['open']]</script>"
        }
    )
    widget.is_ready()
    assert widget.page.evaluate("window.opened") is True
    widget.page.evaluate("Parley.identify({name: 'Vera', email: 'vera@example.com'})")
    widget.says_and_is_heard("Hello")
    expect(widget.frame.locator(".card")).to_have_count(0)
    widget.page.evaluate("Parley.close()")
    assert widget.launcher()["expanded"] is False
    widget.page.evaluate("Parley.hide()")
    assert (
        widget.page.evaluate("document.elementFromPoint(innerWidth - 48, innerHeight - 48).localName")
        != "div"
    )
    with widget.page.expect_event("framedetached"):
        widget.page.evaluate("Parley.show(); Parley.setLanguage('lt'); Parley.open()")
    expect(widget.frame.locator("html")).to_have_attribute("lang", "lt")
    with tenant_scope(TenantId(cast.acme.pk)):
        assert list(Contact.objects.exclude(pk=cast.vera.contact_id).values_list("name", "email")) == [
            ("Vera", "vera@example.com")
        ]


def test_resetting_forgets_who_was_here(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Private")
    with widget.page.expect_event("framedetached"):
        widget.page.evaluate("Parley.reset()")
    widget.is_ready()
    expect(widget.frame.get_by_text("Private")).to_have_count(0)
    widget.page.reload()
    widget.open()
    expect(widget.frame.get_by_text("Private")).to_have_count(0)


@pytest.mark.parametrize(
    ("html", "preferred", "spoken"),
    [
        ("fa", "en-GB", ("fa", "rtl")),
        ("de", "lt-LT", ("lt", "ltr")),
        ("ar-EG", "en-GB", ("ar", "rtl")),
        ("", "de-DE", ("en", "ltr")),
    ],
)
def test_it_speaks_the_language_of_the_page_then_of_the_browser_then_its_own(
    cast: Cast, visit: Visit, html: str, preferred: str, spoken: tuple[str, str]
) -> None:
    widget = visit(page={"attributes": f'lang="{html}"'}, locale=preferred).open()
    expect(widget.frame.locator("html")).to_have_attribute("lang", spoken[0])
    expect(widget.frame.locator("html")).to_have_attribute("dir", spoken[1])


def test_the_visitor_may_choose_another_language_and_keeps_it(cast: Cast, visit: Visit) -> None:
    change(cast.acme_widget, settings={"ask_language": True})
    widget = visit().open()
    widget.frame.get_by_role("button", name="Lietuvių").click()
    expect(widget.frame.locator("html")).to_have_attribute("lang", "lt")
    widget.page.reload()
    widget.open()
    expect(widget.frame.locator("html")).to_have_attribute("lang", "lt")


def test_a_right_to_left_page_has_it_mirrored(cast: Cast, visit: Visit) -> None:
    widget = visit(page={"attributes": 'lang="fa" dir="rtl"'})
    widget.at_start = True
    widget.open()
    widget.says_and_is_heard("سلام")
    own = widget.bubbles.and_(widget.frame.locator(".own")).bounding_box()
    log = widget.frame.locator("main").bounding_box()
    assert own is not None
    assert log is not None
    assert own["x"] - log["x"] < 20


def test_a_script_in_the_head_waits_for_the_body_and_a_second_one_does_nothing(
    cast: Cast, visit: Visit
) -> None:
    line = snippet(cast.acme_widget).replace("async ", "")
    widget = visit(page={"head": line, "body": line}).open()
    widget.says_and_is_heard("Hello")
    session = widget.page.context.new_cdp_session(widget.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    names = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "button"]
    assert names == ["Chat with us"]


def test_it_is_not_printed(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.page.emulate_media(media="print")
    assert widget.frame.frame_element().bounding_box() is None
