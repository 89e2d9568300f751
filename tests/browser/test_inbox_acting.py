"""What an operator does to a conversation, by key and by pointer, and how it is taken back."""

import pytest
from playwright.sync_api import Page, expect

from conversations.models import Contact, Conversation, Tag
from operators.actions.manage_teams import create_team
from operators.team_routing import TeamRouting
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.browser.conftest import OpenPage
from tests.browser.inbox import address, composer, inbox_of, rows, thread
from tests.cast import Cast, begin, make_visitor

pytestmark = pytest.mark.usefixtures("site")


def opened(cast: Cast, open_page: OpenPage, conversation: Conversation, *, view: str = "all") -> Page:
    page = inbox_of(open_page, cast.alice, address(conversation.pk, view))
    expect(thread(page)).to_be_visible()
    return page


def as_it_is(cast: Cast, conversation: Conversation) -> Conversation:
    with tenant_scope(TenantId(cast.acme.pk)):
        return Conversation.objects.get(pk=conversation.pk)


def test_e_resolves_and_goes_on_and_undo_takes_it_back(cast: Cast, open_page: OpenPage) -> None:
    older = begin(make_visitor(cast.acme_widget, name="Zoe"), "I wait")
    conversation = begin(cast.vera, "Hello")
    page = opened(cast, open_page, conversation)
    with page.expect_response("**/resolve"):
        page.keyboard.press("e")
    expect(page).to_have_url(f"{page.url.split('/inbox/')[0]}{address(older.pk)}")
    expect(rows(page)).to_have_count(1)
    notice = page.get_by_role("status").filter(has_text="Resolved.")
    expect(notice).to_be_visible()
    assert as_it_is(cast, conversation).status == "resolved"
    page.keyboard.press("Control+z")
    expect(rows(page)).to_have_count(2)
    expect(notice).to_have_count(0)
    expect(page.get_by_role("link", name="All open")).to_contain_text("2")
    rows(page).filter(has_text="Vera").click()
    expect(thread(page).get_by_text("Alice reopened the conversation")).to_be_visible()
    assert as_it_is(cast, conversation).status == "open"


def test_assigning_by_key_moves_the_conversation_to_the_colleagues_list(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Hello")
    bob = inbox_of(open_page, cast.bob, "/inbox/")
    expect(bob.get_by_text("All done")).to_be_visible()
    page = opened(cast, open_page, conversation)
    page.keyboard.press("a")
    page.get_by_role("combobox", name="Assign to").press_sequentially("bo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Assigned to Bob.")).to_be_visible()
    expect(rows(bob)).to_have_count(1)
    expect(rows(bob).first).to_contain_text("Vera")
    expect(bob.get_by_role("link", name="Mine")).to_contain_text("1")
    assert as_it_is(cast, conversation).operator_id == cast.bob.pk


def test_tags_priority_and_snooze_by_key(cast: Cast, open_page: OpenPage) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        Tag.objects.create(name="billing")
    conversation = begin(cast.vera, "Hello")
    page = opened(cast, open_page, conversation)
    page.keyboard.press("t")
    page.keyboard.type("bill")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(rows(page).first).to_contain_text("billing")
    page.keyboard.press("p")
    page.keyboard.type("urg")
    page.keyboard.press("Enter")
    expect(rows(page).first).to_contain_text("Urgent")
    page.keyboard.press("s")
    page.keyboard.type("2 days")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(0)
    page.get_by_role("link", name="Snoozed").click()
    expect(rows(page)).to_have_count(1)
    with page.expect_response("**/reopen"):
        page.get_by_role("button", name="Undo").last.click()
    expect(rows(page)).to_have_count(0)
    held = as_it_is(cast, conversation)
    assert (held.status, held.priority, held.snoozed_until) == ("open", "urgent", None)


def test_shortcuts_go_by_the_key_and_not_by_the_layout(cast: Cast, open_page: OpenPage) -> None:
    begin(make_visitor(cast.acme_widget, name="Zoe"), "From Zoe")
    conversation = begin(cast.vera, "From Vera")
    page = opened(cast, open_page, conversation)
    # What a Persian keyboard sends for the J and R keys.
    send = """([key, code]) => document.body.dispatchEvent(
        new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true})
    )"""
    page.evaluate(send, ["ت", "KeyJ"])
    expect(thread(page).get_by_text("From Zoe")).to_be_visible()
    page.evaluate(send, ["ق", "KeyR"])
    expect(composer(page)).to_be_focused()


def test_search_finds_a_message_and_jumps_to_it(cast: Cast, open_page: OpenPage) -> None:
    texts = [f"Message {n}" for n in range(60)]
    texts[2] = "The parcel was green"
    begin(cast.vera, *texts)
    page = inbox_of(open_page, cast.alice, "/inbox/?view=all")
    page.keyboard.press("/")
    page.keyboard.type("GREEN parcel")
    page.get_by_role("link", name="The parcel was green").click()
    found = thread(page).get_by_text("The parcel was green")
    expect(found).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("GREEN parcel")


def test_a_contact_is_edited_in_place_and_a_wrong_address_is_kept_for_mending(
    cast: Cast, open_page: OpenPage
) -> None:
    page = opened(cast, open_page, begin(cast.vera, "Hello"))
    contact = page.get_by_role("complementary", name="Contact")
    contact.get_by_role("button", name="E-mail: Add an e-mail address").click()
    field = contact.get_by_role("textbox", name="E-mail")
    field.fill("vera@")
    field.press("Enter")
    expect(contact.get_by_role("alert")).to_have_text("Enter a valid e-mail address.")
    expect(field).to_have_value("vera@")
    field.fill("vera@visitor.example")
    field.press("Enter")
    expect(contact.get_by_role("button", name="E-mail: vera@visitor.example")).to_be_visible()
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Contact.objects.get(pk=cast.vera.contact_id).email == "vera@visitor.example"


def test_a_refused_action_is_taken_back_with_the_reason(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "Hello")
    page = opened(cast, open_page, conversation)
    page.route("**/api/v1/conversations/*/resolve", lambda route: route.abort())
    page.keyboard.press("e")
    expect(page.get_by_role("status").filter(has_text="No connection to the server.")).to_be_visible()
    expect(rows(page)).to_have_count(1)
    page.unroute("**/api/v1/conversations/*/resolve")
    with page.expect_response("**/resolve"):
        page.get_by_role("button", name="Try again").click()
    expect(rows(page)).to_have_count(0)
    assert as_it_is(cast, conversation).status == "resolved"


def test_help_lists_the_shortcuts_and_the_palette_runs_them(cast: Cast, open_page: OpenPage) -> None:
    page = opened(cast, open_page, begin(cast.vera, "Hello"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Resolve and go on")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("go to snoo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Snoozed")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_subject_and_language_are_written_in_place_and_colleagues_see_them(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Hello")
    page = opened(cast, open_page, conversation)
    colleague = inbox_of(open_page, cast.bob, address(conversation.pk))
    about, theirs = (one.get_by_role("complementary", name="Contact") for one in (page, colleague))
    about.get_by_role("button", name="Subject: Add a subject").click()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        about.get_by_role("textbox", name="Subject").fill("A late parcel")
        page.keyboard.press("Enter")
    expect(theirs.get_by_role("button", name="Subject: A late parcel")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        about.get_by_role("combobox", name="Language of the conversation").select_option("lt")
    expect(theirs.get_by_role("combobox", name="Language of the conversation")).to_have_value("lt")
    held = as_it_is(cast, conversation)
    assert (held.subject, held.language) == ("A late parcel", "lt")


def test_a_long_address_stays_inside_its_pane(cast: Cast, open_page: OpenPage) -> None:
    long = f"{'very.long.name.' * 4}{'x' * 60}@{'department.' * 5}acme.example"
    conversation = begin(make_visitor(cast.acme_widget, name="Zoe", email=long), "Hello")
    page = opened(cast, open_page, conversation)
    pane = page.get_by_role("complementary", name="Contact")
    expect(pane.get_by_text(long)).to_be_visible()
    assert pane.evaluate("pane => pane.scrollWidth - pane.clientWidth") == 0


def test_resolving_without_a_tag_opens_the_tags_where_the_team_asks_for_one(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        Tag.objects.create(name="billing")
        actor = system_actor(TenantId(cast.acme.pk))
        team = create_team(actor=actor, name="Orders", member_ids=[], routing=TeamRouting(requires_tag=True))
        Conversation.objects.filter(pk=conversation.pk).update(team=team)
    page = opened(cast, open_page, conversation)
    page.keyboard.press("e")
    expect(page.get_by_text("Choose a tag before you resolve this.")).to_be_visible()
    page.get_by_role("combobox", name="Tags").press_sequentially("bill")
    with page.expect_response("**/tags"):
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert as_it_is(cast, conversation).status == "open"
    with page.expect_response("**/resolve"):
        page.keyboard.press("e")
    assert as_it_is(cast, conversation).status == "resolved"
