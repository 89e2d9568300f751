"""The console of the browser stays empty: no error, no warning, no note, on every page the visitor's side has."""

import pytest
from playwright.sync_api import Browser, Page

from tenants.actions.create_tenant import create_tenant
from tests.browser.widget.visiting import Widget, shop_page
from tests.cast import Cast, make_inbox
from tests.host_site import HostSite

pytestmark = pytest.mark.django_db(transaction=True)

STRICT = (
    "default-src 'none'; script-src {0}; frame-src {0}; img-src data:; require-trusted-types-for 'script'"
)


def listened(browser: Browser, site: str) -> tuple[Page, list[str]]:
    """Open an empty page and a list of everything the console says while it is used, frames included."""
    page = browser.new_context(base_url=site, locale="en-GB").new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url} {message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url} {error}"))
    return page, said


def used(page: Page) -> None:
    """Chat a little, close, come back."""
    widget = Widget(page).open()
    widget.says_and_is_heard("Hello")
    widget.composer.press("Escape")
    page.reload()
    Widget(page).open().sees("Hello", own=True)


def test_on_a_customers_page(cast: Cast, browser: Browser, site: str, host: HostSite) -> None:
    page, said = listened(browser, site)
    page.goto(host.add("/", shop_page(cast.acme_widget)))
    used(page)
    assert said == []
    page.context.close()


def test_on_a_customers_page_with_a_strict_policy(
    cast: Cast, browser: Browser, site: str, host: HostSite
) -> None:
    page, said = listened(browser, site)
    policy = STRICT.format(site)
    page.goto(host.add("/", shop_page(cast.acme_widget), headers={"Content-Security-Policy": policy}))
    used(page)
    assert said == []
    page.context.close()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_on_the_demo_shop(cast: Cast, browser: Browser, site: str, language: str) -> None:
    make_inbox(create_tenant(name="Demo shop", is_demo=True))
    page, said = listened(browser, site)
    page.goto(f"/demo/{language}/")
    page.wait_for_function("typeof window.Parley?.open === 'function'")
    page.evaluate("Parley.open()")
    Widget(page).is_ready()
    assert said == []
    page.context.close()


@pytest.mark.parametrize("path", ["/c/{key}", "/c/{key}?language=ar", "/accounts/login/"])
def test_on_our_own_pages(cast: Cast, browser: Browser, site: str, path: str) -> None:
    page, said = listened(browser, site)
    page.goto(path.format(key=cast.acme_widget.key), wait_until="networkidle")
    assert said == []
    page.context.close()


def test_a_feature_no_browser_knows_would_be_heard(browser: Browser, site: str, host: HostSite) -> None:
    page, said = listened(browser, site)
    page.goto(host.add("/", '<link rel="icon" href="data:,">', headers={"Permissions-Policy": "nonsense=()"}))
    page.wait_for_timeout(200)
    assert len(said) == 1
    page.context.close()
