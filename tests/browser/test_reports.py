"""The reports in a real browser: filters, charts by keyboard, numbers that lead somewhere, the live wall."""

import re

import pytest
from playwright.sync_api import Page, expect

from tenants.clock import now
from tests.analytics.deeds import Story, count_up
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.inbox import PHONE, session_of
from tests.cast import Cast, make_visitor

pytestmark = pytest.mark.usefixtures("site")

PAGES = (
    "/reports/?period=90d",
    "/reports/operators/?period=90d",
    "/reports/live/",
    "/reports/conversations/?measure=new",
)


@pytest.fixture
def recently(cast: Cast) -> list[Story]:
    """Three conversations of the last two hours: one resolved and rated, one answered, one that waits.

    The business is where it is about noon, so that they are all of today whenever this runs.
    """
    cast.acme.time_zone = f"Etc/GMT{now().hour - 12:+d}"  # east of Greenwich is negative there
    cast.acme.save()
    start = now().replace(microsecond=0)
    stories = [Story(make_visitor(cast.acme_widget), start=start) for _ in range(3)]
    stories[0].asks(-100).replies(-96, cast.alice).resolved(-80, cast.alice).rated(-79, 5)
    stories[1].asks(-60).replies(-52, cast.bob)
    stories[2].asks(-30)
    count_up(cast.acme)
    return stories


def width(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


def test_a_filter_applies_by_itself_and_stays_in_the_address(
    cast: Cast, recently: list[Story], open_page: OpenPage
) -> None:
    page = open_page("/reports/?period=7d", storage_state=session_of(cast.bob))
    page.get_by_role("combobox", name="Operator").select_option(label="Bob")

    expect(page.get_by_role("heading", name="Conversations answered")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"\?period=7d&operator={cast.bob.pk}$"))
    page.get_by_text("Business hours", exact=True).click()
    expect(page).to_have_url(re.compile("hours=business"))
    page.get_by_role("link", name="Today").click()
    expect(page).to_have_url(re.compile(f"period=today.*operator={cast.bob.pk}"))


def test_a_period_of_ones_own_is_chosen_by_two_days(
    cast: Cast, recently: list[Story], open_page: OpenPage
) -> None:
    page = open_page("/reports/", storage_state=session_of(cast.bob))
    page.get_by_text("Custom", exact=True).click()
    page.get_by_label("From").fill("2026-10-24")
    page.get_by_label("To", exact=True).fill("2026-10-26")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_text("October 24 – October 26, 2026")).to_be_visible()
    expect(page).to_have_url(re.compile(r"from=2026-10-24&to=2026-10-26"))


def test_a_number_leads_to_its_conversations_and_on_into_the_inbox(
    cast: Cast, recently: list[Story], open_page: OpenPage
) -> None:
    page = open_page("/reports/?period=7d", storage_state=session_of(cast.bob))
    page.get_by_role("article", name="First response time").get_by_role("link").click()

    expect(page.get_by_role("heading", name="2 in all")).to_be_visible()
    page.get_by_role("link", name="Slowest first").click()
    slowest = page.get_by_role("row").nth(1)
    expect(slowest).to_contain_text("8 min")
    slowest.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/inbox/{recently[1].id}/"))


def test_a_chart_is_walked_by_keys_and_shown_as_a_table(
    cast: Cast, recently: list[Story], open_page: OpenPage
) -> None:
    page = open_page("/reports/?period=7d", storage_state=session_of(cast.bob))
    card = page.get_by_role("region", name="Conversations", exact=True).first
    chart = card.get_by_role("img")
    chart.focus()
    chart.press("End")

    expect(card.get_by_role("status")).to_contain_text("New: 3")
    card.get_by_text("Show as a table").click()
    expect(card.get_by_role("row").last).to_contain_text("3")
    chart.press("Enter")
    expect(page.get_by_role("heading", name="3 in all")).to_be_visible()


def test_a_definition_opens_and_closes(cast: Cast, recently: list[Story], open_page: OpenPage) -> None:
    page = open_page("/reports/", storage_state=session_of(cast.bob))
    text = page.get_by_text("Every time a contact had to wait")
    page.get_by_label("What is Waiting time?").click()

    expect(text).to_be_visible()
    page.keyboard.press("Escape")
    expect(text).to_be_hidden()


def test_the_wall_shows_what_happens_within_five_seconds(
    cast: Cast, recently: list[Story], open_page: OpenPage
) -> None:
    page = open_page("/reports/live/", storage_state=session_of(cast.bob))
    waiting = page.locator("[data-text=waiting]")
    expect(waiting).to_have_text("1")
    Story(make_visitor(cast.acme_widget), start=now()).asks(0)

    expect(waiting).to_have_text("2", timeout=5_000)


def test_the_wall_says_when_it_hears_nothing(cast: Cast, recently: list[Story], open_page: OpenPage) -> None:
    page = open_page("/reports/live/", storage_state=session_of(cast.bob))
    notice = page.get_by_text("No connection, trying again")
    expect(notice).to_be_hidden()
    page.route("**/reports/live/data/**", lambda route: route.abort())

    expect(notice).to_be_visible()
    page.unroute("**/reports/live/data/**")
    expect(notice).to_be_hidden()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_the_way(
    cast: Cast, recently: list[Story], open_page: OpenPage, path: str, scheme: str
) -> None:
    page = open_page(path, storage_state=session_of(cast.bob), color_scheme=scheme)

    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_telephone_shows_it_all_without_scrolling_sideways(
    cast: Cast, recently: list[Story], open_page: OpenPage, path: str, language: str
) -> None:
    cast.bob.user.language = language
    cast.bob.user.save()
    page = open_page(path, storage_state=session_of(cast.bob, language=language), viewport=PHONE)

    assert width(page) == PHONE["width"]


def test_a_persian_chart_begins_on_the_other_side_with_jalali_days(
    cast: Cast, recently: list[Story], open_page: OpenPage
) -> None:
    cast.bob.user.language = "fa"
    cast.bob.user.save()
    page = open_page("/reports/?period=7d", storage_state=session_of(cast.bob, language="fa"))
    chart = page.locator("[data-chart=volume] [role=img]")
    chart.focus()
    chart.press("Home")
    first = float(chart.locator(".chart__here").get_attribute("x1") or 0)
    chart.press("End")
    last = float(chart.locator(".chart__here").get_attribute("x1") or 0)

    assert first > last > 0
    expect(page.locator("[data-chart=volume] [role=status]")).to_contain_text(re.compile("[۰-۹]+"))
