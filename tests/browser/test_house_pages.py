"""The pages of the house itself: errors, and the mail catcher."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Browser, expect

from tests.browser.conftest import OpenPage

MAIL = """From: Demo shop <hello@demo.example>
To: vera@visitor.example
Subject: Your order
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<h2>Your order is on its way</h2><script>document.title = "owned"</script>
<p><a href="https://shop.example/order">Follow it</a></p>
"""


def test_the_catcher_shows_a_mail_and_runs_none_of_its_script(browser: Browser, site: str) -> None:
    folder = Path(settings.PARLEY_MAIL_CATCHER_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "01795292133184312313.eml"
    file.write_text(MAIL, encoding="utf-8")
    page = browser.new_page(base_url=site)
    page.goto("/mail/")
    page.get_by_role("link", name="Your order").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Your order is on its way")).to_be_visible()
    expect(frame.get_by_role("link", name="Follow it")).to_have_attribute(
        "href", "https://shop.example/order"
    )
    assert page.title() == "Your order"
    page.close()
    file.unlink()


def test_a_missing_page_is_a_whole_page_with_a_way_back(open_page: OpenPage) -> None:
    page = open_page("/healthz")
    page.goto("/settings/nowhere/")
    expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the start")).to_have_attribute("href", "/")
