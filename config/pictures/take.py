"""Take the README's pictures from a running `make run` with its demo data. Needs the development packages."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from config.local import chromium

HERE = Path(__file__).parent
ORIGIN = f"http://localhost:{os.environ.get('PORT', '8000')}"
SIZE = ViewportSize(width=1440, height=900)


def log_in(page: Page) -> None:
    page.goto(f"{ORIGIN}/accounts/login/")
    page.fill("input[name=login]", "demo@parley.example")
    page.fill("input[name=password]", "parley-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{ORIGIN}/inbox/**")


def take_inbox(page: Page) -> None:
    page.goto(f"{ORIGIN}/inbox/?view=all")
    page.get_by_role("option").nth(4).click()
    page.wait_for_selector(".thread, [role=log]")
    page.wait_for_timeout(1500)
    page.screenshot(path=HERE / "inbox.png")


def take_widget(page: Page) -> None:
    page.goto(f"{ORIGIN}/demo/en/")
    page.wait_for_function("() => window.Parley")
    page.evaluate("() => window.Parley.open()")
    page.wait_for_timeout(2500)
    page.screenshot(path=HERE / "widget.png")


def main() -> None:
    with sync_playwright() as playwright:
        program = chromium.find(playwrights_own=playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        page = browser.new_context(viewport=SIZE, locale="en-GB").new_page()
        log_in(page)
        take_inbox(page)
        visitor = browser.new_context(
            viewport=ViewportSize(width=1100, height=760), locale="en-GB"
        ).new_page()
        take_widget(visitor)
        browser.close()
    sys.stdout.write(f"wrote {', '.join(sorted(path.name for path in HERE.glob('*.png')))}\n")


if __name__ == "__main__":
    main()
