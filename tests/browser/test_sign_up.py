"""From the front page to a business with a checklist, and on to a colleague: in a real browser."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from conversations.models import Inbox
from operators.models import Operator
from tenants.clock import now
from tenants.models import Tenant
from tests.browser.conftest import OpenPage
from tests.cast import begin, make_visitor, reply
from tests.operators.scenes import invitation_link, within

PASSWORD = "violet tractor sings"


def sign_up(page: Page, *, email: str = "anna@garden.example") -> None:
    """Fill in the form of the sign-up page and the code from the mail."""
    form = page.locator("main form").first
    form.locator("[name=business]").fill("Acme Garden")
    form.locator("[name=name]").fill("Anna")
    form.locator("[name=email]").fill(email)
    form.locator("[name=password1]").fill(PASSWORD)
    form.locator("button").click()
    page.wait_for_url("**/accounts/confirm-email/")
    found = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert found is not None
    page.locator("[name=code]").fill(found.group())
    page.locator("main form").first.locator("button").click()
    page.wait_for_url("**/start/")


def test_a_business_signs_up_and_the_checklist_follows_it_to_the_first_answer(open_page: OpenPage) -> None:
    page = open_page("/", timezone_id="Europe/Vilnius")
    page.get_by_role("link", name="Start for free").click()
    sign_up(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Anna")
    tenant = Tenant.objects.get()
    assert tenant.time_zone == "Europe/Vilnius"
    with within(tenant):
        inbox = Inbox.objects.get()
    expect(page.locator("[data-copy-text]")).to_contain_text(f"/widget.js?inbox={inbox.key}")
    expect(page.locator("[data-step=install]")).to_have_attribute("data-done", "false")

    with within(tenant):
        Inbox.objects.update(snippet_seen_at=now(), snippet_seen_host="garden.example")
    expect(page.locator("[data-checklist-host]")).to_have_text("garden.example")
    expect(page.locator("[data-step=install]")).to_have_attribute("data-done", "true")
    expect(page.locator("[data-step=hello] details")).to_have_attribute("open", "")

    conversation = begin(make_visitor(inbox), "Do you sell roses?")
    expect(page.locator("[data-step=hello]")).to_have_attribute("data-done", "true")
    with within(tenant):
        owner = Operator.objects.select_related("user").get()
    reply(owner, conversation)
    expect(page.locator("[data-step=answer]")).to_have_attribute("data-done", "true")

    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_label("E-mail").fill("ben@garden.example")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("The invitation is on its way")).to_be_visible()
    page.goto("/start/")
    expect(page.get_by_text("Everything is set up.")).to_be_visible()

    ben = open_page(invitation_link(tenant), timezone_id="Asia/Tehran")
    ben.get_by_label("Your name").fill("Ben")
    ben.get_by_label("Choose a password").fill(PASSWORD)
    ben.get_by_role("button", name="Join").click()
    ben.wait_for_url("**/inbox/")


def test_the_same_in_persian_runs_from_right_to_left(open_page: OpenPage) -> None:
    page = open_page("/signup/", locale="fa-IR", timezone_id="Asia/Tehran")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    sign_up(page, email="sara@garden.example")
    tenant = Tenant.objects.get()
    assert (tenant.language, tenant.calendar, tenant.time_zone) == ("fa", "persian", "Asia/Tehran")
    rail = page.locator(".rail").bounding_box()
    main = page.locator("main").bounding_box()
    assert rail is not None
    assert main is not None
    assert rail["x"] > main["x"]


@pytest.mark.parametrize(
    "path", ["/settings/general/", "/settings/people/", "/settings/api-keys/", "/start/"]
)
def test_no_page_scrolls_sideways_on_a_phone(open_page: OpenPage, path: str) -> None:
    page = open_page("/signup/", viewport={"width": 390, "height": 844}, has_touch=True)
    sign_up(page)
    page.goto(path)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width == 0


def test_hours_are_kept_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/signup/")
    sign_up(page)
    page.goto("/settings/general/")
    page.get_by_label("At these times").focus()
    page.keyboard.press("Space")
    add = page.get_by_role("button", name="Add a time on Monday")
    add.focus()
    page.keyboard.press("Enter")
    slots = page.get_by_role("group", name="Monday").locator("[data-hours-slot]")
    expect(slots).to_have_count(2)
    expect(slots.nth(1).get_by_label("Opens at")).to_be_focused()
    # How a time is typed depends on the language of the browser itself.
    slots.nth(1).get_by_label("Opens at").fill("19:00")
    slots.nth(1).get_by_label("Closes at").fill("21:00")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Tenant.objects.get().business_hours["weekly"]["mon"] == [["09:00", "17:00"], ["19:00", "21:00"]]


def test_the_menu_opens_and_closes_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/signup/")
    sign_up(page)
    summary = page.locator(".rail__summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    expect(summary).to_be_focused()
