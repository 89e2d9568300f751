"""When something is in the way: nobody there, an address owed, a text too long, a lost connection."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect
from redis import Redis

from conversations.models import Contact, Conversation, Message
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import Cut
from tests.cast import Cast, reply
from tests.conversations.inboxes.widget.asking import change

pytestmark = pytest.mark.django_db(transaction=True)


def go_home(cast: Cast) -> None:
    """Let nobody be at the inbox."""
    with Redis.from_url(settings.REDIS_URL) as client:
        client.delete(f"board:{cast.acme.pk.hex}:operator")


def texts(cast: Cast) -> list[str]:
    with tenant_scope(TenantId(cast.acme.pk)):
        return list(
            Message.objects.filter(kind="reply").order_by("operators_position").values_list("text", flat=True)
        )


def test_with_nobody_there_an_address_is_needed_and_the_text_is_kept(cast: Cast, visit: Visit) -> None:
    go_home(cast)
    widget = visit().open()
    expect(widget.frame.get_by_role("heading", name="We are away at the moment")).to_be_visible()
    widget.say("Call me back")
    expect(widget.frame.get_by_role("alert")).to_have_text("Please enter a valid e-mail address.")
    expect(widget.composer).to_have_value("Call me back")
    assert texts(cast) == []
    widget.frame.get_by_label("E-mail").fill("vera@example.com")
    widget.composer.press("Enter")
    widget.sees("Call me back", own=True)
    expect(widget.composer).to_have_value("")
    expect(widget.frame.locator(".foot")).to_contain_text("Delivered")
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Conversation.objects.select_related("contact").get().contact.email == "vera@example.com"


def test_outside_hours_the_next_opening_is_told_in_the_visitors_own_zone(cast: Cast, visit: Visit) -> None:
    # Open on one day alone, at nine in Vilnius: some hours later on a clock in Tokyo.
    monday = {
        "always": False,
        "time_zone": "Europe/Vilnius",
        "weekly": {"mon": [["09:00", "09:01"]]},
        "holidays": [],
    }
    with tenant_scope(TenantId(cast.acme.pk)):
        Tenant.objects.filter(pk=cast.acme.pk).update(business_hours=monday)
    widget = visit(timezone_id="Asia/Tokyo").open()
    expect(widget.frame.locator(".status")).to_have_text(re.compile(r"^Back .* at 1[56]:00"))


def test_an_inbox_may_insist_on_knowing_whom_it_talks_to(cast: Cast, visit: Visit) -> None:
    change(cast.acme_widget, settings={"ask_identity": "required"})
    widget = visit().open()
    widget.say("Hello")
    expect(widget.frame.get_by_role("heading", name="Who are we talking to?")).to_be_visible()
    expect(widget.frame.get_by_label("E-mail")).to_be_focused()
    widget.frame.get_by_label("E-mail").fill("vera@example.com")
    widget.composer.press("Enter")
    own = widget.frame.locator(".turn.own").filter(has_text="Hello")
    expect(own.locator(".foot time")).to_be_visible()
    expect(widget.frame.locator(".card")).to_have_count(0)


def test_who_would_rather_not_say_is_not_asked_again(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Hello")
    widget.frame.get_by_role("button", name="Not now").click()
    expect(widget.frame.locator(".card")).to_have_count(0)
    widget.says_and_is_heard("Still here")
    expect(widget.frame.locator(".card")).to_have_count(0)


def test_a_text_that_is_too_long_stays_and_says_by_how_much(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.composer.fill("a" * 10_002)
    expect(widget.frame.get_by_role("alert")).to_have_text("2 characters too long.")
    widget.composer.press("Enter")
    assert len(widget.composer.input_value()) == 10_002
    widget.composer.fill("b" * 10_000)
    widget.composer.press("Enter")
    expect(widget.frame.locator(".foot")).to_contain_text("Delivered")
    assert [len(text) for text in texts(cast)] == [10_000]


def test_a_refused_message_keeps_its_text_to_be_edited_or_sent_again(cast: Cast, visit: Visit) -> None:
    widget = visit().open()
    widget.says_and_is_heard("Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        Conversation.objects.update(contact=cast.vera.contact_id)
    widget.say("Lost?")
    expect(widget.frame.get_by_role("alert")).to_contain_text("This conversation cannot be continued.")
    widget.frame.get_by_role("button", name="Edit").click()
    expect(widget.composer).to_have_value("Lost?")
    widget.composer.press("Enter")
    with tenant_scope(TenantId(cast.acme.pk)):
        owner = Contact.objects.exclude(pk=cast.vera.contact_id).get()
        Conversation.objects.update(contact=owner)
    widget.frame.get_by_role("button", name="Try again").click()
    expect(widget.frame.get_by_role("alert")).to_have_count(0)
    expect(widget.frame.locator(".turn.own").filter(has_text="Lost?").locator(".foot time")).to_be_visible()
    assert texts(cast) == ["Hello", "Lost?"]


def test_a_cut_connection_loses_nothing_and_doubles_nothing(cast: Cast, visit: Visit) -> None:
    widget = visit()
    cut = Cut(widget)
    widget.open()
    widget.says_and_is_heard("One")
    with tenant_scope(TenantId(cast.acme.pk)):
        conversation = Conversation.objects.get()
    cut.now()
    expect(widget.frame.get_by_text("No connection. Trying again…")).to_be_visible()
    widget.say("Two")
    widget.say("Three")
    expect(widget.frame.get_by_text("Sending…").first).to_be_visible()
    reply(cast.alice, conversation, "Are you there?")
    cut.mend()
    widget.sees("Are you there?")
    expect(widget.frame.get_by_text("Sending…")).to_have_count(0)
    expect(widget.frame.get_by_text("No connection. Trying again…")).to_have_count(0)
    widget.says_and_is_heard("Four")
    assert texts(cast) == ["One", "Are you there?", "Two", "Three", "Four"]
    expect(widget.frame.locator(".bubble.own")).to_have_text(["One", "Two", "Three", "Four"])
