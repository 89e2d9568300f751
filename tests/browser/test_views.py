"""Saved views in the inbox: made, followed live, shared with a colleague, put in order, removed."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from conversations.actions.manage_tags import create_tag
from conversations.actions.manage_views import create_view
from conversations.models import SavedView
from tenants.scoping import TenantId, tenant_scope
from tests.api import as_operator
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.inbox import PHONE, inbox_of, rows
from tests.cast import Cast, begin, close, make_visitor

pytestmark = pytest.mark.usefixtures("site")

OPEN: Any = {"all": [{"field": "status", "op": "is", "value": ["open"]}]}


def shared(cast: Cast, name: str, tree: Any = None) -> SavedView:
    with tenant_scope(TenantId(cast.acme.pk)):
        return create_view(actor=cast.bob.actor, name=name, filter=tree or OPEN, is_shared=True)


def add_condition(page: Page, field: str, value: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Condition", exact=True).first.click()
    rule = dialog.get_by_role("group").last
    expect(rule.get_by_label("Field")).to_be_focused()
    rule.get_by_label("Field").select_option(label=field)
    dialog.get_by_role("group", name=field).last.get_by_label("Add a value").select_option(label=value)


def test_a_view_is_made_and_follows_what_two_operators_do(cast: Cast, open_page: OpenPage) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        create_tag(actor=cast.bob.actor, name="late")
    parcel = begin(cast.vera, "My parcel is late")
    begin(make_visitor(cast.acme_widget, name="Walt"), "Something else")
    page = inbox_of(open_page, cast.bob, "/inbox/?view=all")
    page.keyboard.press("Shift+V")
    dialog = page.get_by_role("dialog", name="New view")
    dialog.get_by_label("Name").fill("Late ones")
    # It begins like the list on show: open ones.
    expect(dialog.get_by_text("2 conversations pass")).to_be_visible()
    add_condition(page, "Tag", "late")
    expect(dialog.get_by_text("0 conversations pass")).to_be_visible()
    dialog.get_by_role("switch", name="Everybody sees this view").check()
    assert violations(page) == []
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Late ones")).to_be_visible()
    expect(rows(page)).to_have_count(0)

    alice = inbox_of(open_page, cast.alice, "/inbox/")
    alice.get_by_role("link", name="Late ones").click()
    expect(alice.get_by_text("Nothing here")).to_be_visible()
    as_operator(cast.alice).put(f"conversations/{parcel.pk}/tags", {"tags": ["late"]})
    # It comes in on both desks without a reload, and goes when it is done.
    for desk in (page, alice):
        expect(rows(desk)).to_have_count(1)
        expect(rows(desk).first).to_contain_text("Vera")
    close(cast.alice, parcel)
    for desk in (page, alice):
        desk.mouse.move(1200, 600)
        expect(rows(desk)).to_have_count(0)


def test_the_address_names_the_view_and_its_order(cast: Cast, open_page: OpenPage) -> None:
    view = shared(cast, "Everything open")
    for name in ("One", "Two", "Three"):
        begin(make_visitor(cast.acme_widget, name=name), "Hello")
    page = inbox_of(open_page, cast.alice, f"/inbox/?view={view.pk}")
    expect(page.get_by_role("heading", name="Everything open")).to_be_visible()
    expect(rows(page)).to_have_count(3)
    expect(rows(page).first).to_contain_text("Three")
    page.get_by_role("button", name="Order: Newest activity first").click()
    page.keyboard.type("oldest")
    page.keyboard.press("Enter")
    expect(rows(page).first).to_contain_text("One")
    assert page.url.endswith(f"?view={view.pk}&sort=oldest")
    # The view keeps its order; the others have their own.
    page.get_by_role("link", name="All open").click()
    expect(rows(page).first).to_contain_text("Three")
    page.get_by_role("link", name="Everything open").click()
    expect(rows(page).first).to_contain_text("One")
    page.reload()
    expect(rows(page).first).to_contain_text("One")


def test_a_view_is_found_by_the_palette_changed_and_removed_with_undo(
    cast: Cast, open_page: OpenPage
) -> None:
    for name in ("First", "Second"):
        shared(cast, name)
    begin(cast.vera, "Hello")
    page = inbox_of(open_page, cast.bob, "/inbox/?view=all")
    page.keyboard.press("Control+k")
    page.keyboard.type("go to second")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Second")).to_be_visible()
    page.get_by_role("button", name="Edit this view").click()
    dialog = page.get_by_role("dialog", name="Edit this view")
    dialog.get_by_role("button", name="Further up in the list").click()
    links = page.locator(".nav__list a bdi")
    expect(links.first).to_have_text("Second")
    dialog.get_by_label("Name").fill("Renamed")
    dialog.get_by_label("Name").press("Enter")
    expect(page.get_by_role("heading", name="Renamed")).to_be_visible()
    page.get_by_role("button", name="Edit this view").click()
    dialog.get_by_role("button", name="Remove this view").click()
    expect(page.get_by_role("heading", name="Mine")).to_be_visible()
    expect(page.get_by_role("link", name="Renamed")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Renamed")).to_be_visible()


def test_an_operator_makes_their_own_and_cannot_touch_everybodys(cast: Cast, open_page: OpenPage) -> None:
    view = shared(cast, "Everybody's")
    page = inbox_of(open_page, cast.alice, f"/inbox/?view={view.pk}")
    expect(page.get_by_role("heading", name="Everybody's")).to_be_visible()
    expect(page.get_by_role("button", name="Edit this view")).to_have_count(0)
    page.get_by_role("button", name="New view").click()
    dialog = page.get_by_role("dialog", name="New view")
    expect(dialog.get_by_role("switch")).to_have_count(0)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_have_text("Please enter a name.")
    dialog.get_by_label("Name").fill("My own")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="My own")).to_be_visible()
    bob = inbox_of(open_page, cast.bob, "/inbox/")
    expect(bob.get_by_role("link", name="Everybody's")).to_be_visible()
    expect(bob.get_by_role("link", name="My own")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_editor_fits_on_a_phone_in_both_directions(
    cast: Cast, open_page: OpenPage, language: str
) -> None:
    view = shared(
        cast, "One", {"all": [*OPEN["all"], {"any": [*OPEN["all"], {"all": [*OPEN["all"], *OPEN["all"]]}]}]}
    )
    page = inbox_of(
        open_page, cast.bob, f"/inbox/?view={view.pk}", language=language, viewport={**PHONE, "width": 360}
    )
    page.locator(".list__edit").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.locator(".view-about input[required]").evaluate("field => field.clientWidth") > 120
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    body = page.locator(".dialog__body")
    assert body.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert violations(page) == []


def test_a_contact_is_tagged_beside_the_conversation_and_a_colleague_sees_it(
    cast: Cast, open_page: OpenPage
) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        tag = create_tag(actor=cast.bob.actor, name="vip")
    view = shared(
        cast, "Important people", {"all": [{"field": "contact_tag", "op": "has", "value": [str(tag.pk)]}]}
    )
    conversation = begin(cast.vera, "Hello")
    other = inbox_of(open_page, cast.bob, f"/inbox/?view={view.pk}")
    expect(other.get_by_text("Nothing here")).to_be_visible()
    page = inbox_of(open_page, cast.alice, f"/inbox/{conversation.pk}/?view=all")
    pane = page.get_by_role("complementary", name="Contact")
    pane.get_by_role("button", name="Tags of the contact").click()
    page.keyboard.type("vip")
    with page.expect_response("**/tags"):
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(pane.locator(".contact__tags")).to_contain_text("vip")
