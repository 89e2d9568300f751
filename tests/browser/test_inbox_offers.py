"""A conversation is offered to one operator, then to the next, until somebody takes it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from conversations.actions.distribute import distribute
from conversations.models import Conversation, Offer
from operators.actions.manage_teams import create_team
from operators.team_routing import TeamRouting
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.background import after, catch_up
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.inbox import inbox_of, thread
from tests.cast import Cast, begin, reply

pytestmark = pytest.mark.usefixtures("site")


def cards(page: Page) -> Locator:
    return page.get_by_role("region", name="Offers").get_by_role("article")


def offered(cast: Cast, *, seconds: int = 300) -> Conversation:
    """Have a conversation offered in a team of Alice and Bob, who have their inbox open."""
    with tenant_scope(cast.acme.pk):
        team = create_team(
            actor=cast.bob.actor,
            name="Help",
            member_ids=[cast.alice.pk, cast.bob.pk],
            routing=TeamRouting(assignment_mode="round_robin", offer_seconds=seconds),
        )
        cast.acme_widget.team = team
        cast.acme_widget.save()
    conversation = begin(cast.vera, "My parcel is late")
    with tenant_scope(cast.acme.pk):
        distribute(actor=system_actor(TenantId(cast.acme.pk)), team_id=team.pk)
    return conversation


def in_turn(cast: Cast, alice: Page, bob: Page) -> tuple[Page, Page]:
    """Return the page of whoever is asked first, and the other."""
    with tenant_scope(cast.acme.pk):
        return (alice, bob) if Offer.objects.get().operator_id == cast.alice.pk else (bob, alice)


def holder(cast: Cast, conversation: Conversation) -> str | None:
    with tenant_scope(cast.acme.pk):
        operator = Conversation.objects.get(pk=conversation.pk).operator
        return operator.display_name if operator else None


def test_what_one_declines_the_other_is_offered_and_accepts_by_key(cast: Cast, open_page: OpenPage) -> None:
    alice, bob = (inbox_of(open_page, one, "/inbox/") for one in (cast.alice, cast.bob))
    conversation = offered(cast)
    first, second = in_turn(cast, alice, bob)
    expect(cards(first)).to_have_count(1)
    expect(cards(first)).to_contain_text("Vera")
    expect(cards(first)).to_contain_text("My parcel is late")
    expect(first.get_by_role("alert").filter(has_text="Vera waits for an answer")).to_have_count(1)
    expect(cards(second)).to_have_count(0)
    assert violations(first) == []

    with first.expect_response("**/decline"):
        cards(first).get_by_role("button", name="Decline").click()
    expect(cards(first)).to_have_count(0)
    catch_up(cast.acme)
    with after(seconds=0):
        expect(cards(second)).to_have_count(1)
    with second.expect_response("**/accept"):
        second.keyboard.press("y")
    expect(thread(second)).to_contain_text("My parcel is late")
    expect(cards(second)).to_have_count(0)
    assert holder(cast, conversation) == ("Bob" if first is alice else "Alice")


def test_an_offer_that_somebody_else_took_goes_and_says_who_has_it(cast: Cast, open_page: OpenPage) -> None:
    alice, bob = (inbox_of(open_page, one, "/inbox/") for one in (cast.alice, cast.bob))
    conversation = offered(cast)
    first, _second = in_turn(cast, alice, bob)
    expect(cards(first)).to_have_count(1)
    other = cast.bob if first is alice else cast.alice
    reply(other, conversation)
    expect(cards(first)).to_have_count(0)
    said = f"{other.display_name} took the conversation with Vera."
    expect(first.get_by_role("status").filter(has_text=said)).to_be_visible()


def test_an_offer_is_there_after_a_reload_with_what_is_left_of_its_time(
    cast: Cast, open_page: OpenPage
) -> None:
    alice, bob = (inbox_of(open_page, one, "/inbox/") for one in (cast.alice, cast.bob))
    offered(cast, seconds=120)
    first, _second = in_turn(cast, alice, bob)
    expect(cards(first)).to_have_count(1)
    first.reload()
    expect(cards(first)).to_have_count(1)
    assert 60 < int(first.locator(".offer__seconds").inner_text()) <= 120
