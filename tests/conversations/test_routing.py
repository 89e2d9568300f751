"""A team's conversations find their operators: offered, taken, declined, let pass, given back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from conversations.actions.answer_offer import accept_offer, decline_offer
from conversations.actions.assign import assign
from conversations.actions.distribute import distribute
from conversations.actions.label import set_priority
from conversations.actions.send_message import send_message
from conversations.models import Conversation, Offer
from operators.actions.manage_teams import create_team
from operators.actions.set_availability import set_availability
from operators.models import Availability, Operator, Team
from operators.team_routing import TeamRouting
from tenants.clock import happening_at, now
from tenants.errors import Conflict, NotFound, PermissionDenied
from tenants.models import EventRecord, Timer
from tenants.permissions import Role, system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.background import after, catch_up, operator_here
from tests.cast import Cast, Visiting, a_draft, begin, close, make_cast, make_operator, make_visitor, reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def make_team(cast: Cast, *members: Operator, mode: str = "round_robin", **routing: Any) -> Team:
    """A team that answers what comes through Acme's widget. Its members are there."""
    for member in members:
        operator_here(member)
    with tenant_scope(cast.acme.pk):
        team = create_team(
            actor=cast.bob.actor,
            name="Help",
            member_ids=[member.pk for member in members],
            routing=TeamRouting(assignment_mode=mode, **routing),
        )
        cast.acme_widget.team = team
        cast.acme_widget.save()
    return team


def share_out(team: Team) -> None:
    with tenant_scope(team.tenant_id):
        distribute(actor=system_actor(TenantId(team.tenant_id)), team_id=team.pk)


def offers(team: Team) -> list[tuple[str, str]]:
    """Who was offered something and what came of it, oldest first."""
    with tenant_scope(team.tenant_id):
        rows = Offer.objects.filter(team=team).order_by("offered_at", "pk")
        return list(rows.values_list("operator__display_name", "outcome"))


def newest_offer(team: Team) -> Offer:
    with tenant_scope(team.tenant_id):
        return Offer.objects.filter(team=team).order_by("-offered_at", "-pk")[0]


def holder(conversation: Conversation) -> str | None:
    with tenant_scope(conversation.tenant_id):
        operator = Conversation.objects.get(pk=conversation.pk).operator
        return operator.display_name if operator else None


def told(team: Team, *types: str) -> list[tuple[str, str]]:
    with tenant_scope(team.tenant_id):
        rows = EventRecord.objects.filter(type__in=types).order_by("created_at", "pk")
        return [(row.type, row.payload.get("outcome", "made")) for row in rows]


def visitors(cast: Cast, names: Sequence[str]) -> list[Visiting]:
    return [make_visitor(cast.acme_widget, name=name) for name in names]


def set_to(operator: Operator, availability: Availability) -> None:
    with tenant_scope(operator.tenant_id):
        set_availability(actor=operator.actor, operator_id=operator.pk, availability=availability)


def test_a_conversation_is_offered_as_soon_as_its_contact_has_written(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    silent = begin(make_visitor(cast.acme_widget, name="Silent"))
    spoken = begin(cast.vera, "My parcel is late")
    catch_up(cast.acme)
    with after(seconds=0):
        assert offers(team) == [("Alice", "open")]

    offer = newest_offer(team)
    assert offer.conversation_id == spoken.pk != silent.pk
    assert offer.expires_at - offer.offered_at == timedelta(seconds=20)
    with tenant_scope(cast.acme.pk):
        body = EventRecord.objects.get(type="offer.made").payload["offer"]
    assert (body["text"], body["operator_id"]) == ("My parcel is late", str(cast.alice.pk))
    assert (body["contact"]["name"], body["team_name"], body["seconds_left"]) == ("Vera", "Help", 20)


def test_in_a_team_that_picks_by_hand_nothing_is_offered_and_nothing_becomes_due(cast: Cast) -> None:
    team = make_team(cast, cast.alice, mode="manual")
    begin(cast.vera, "Hello")
    catch_up(cast.acme)
    share_out(team)
    assert (offers(team), Timer.objects.filter(kind="distribute").count()) == ([], 0)


def test_whoever_accepts_has_the_conversation_and_accepting_twice_is_the_same(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    conversation = begin(cast.vera, "Hello")
    share_out(team)
    offer = newest_offer(team)
    for _ in range(2):
        with tenant_scope(cast.acme.pk):
            accept_offer(actor=cast.alice.actor, offer_id=offer.pk)

    assert (holder(conversation), offers(team)) == ("Alice", [("Alice", "accepted")])
    assert told(team, "offer.ended") == [("offer.ended", "accepted")]
    with tenant_scope(cast.acme.pk):
        assert EventRecord.objects.filter(type="conversation.assigned").count() == 1


def test_a_declined_offer_goes_to_the_next_and_not_back_at_once(cast: Cast) -> None:
    team = make_team(cast, cast.alice, cast.bob)
    begin(cast.vera, "Hello")
    share_out(team)
    first, second = ("Alice", cast.alice), ("Bob", cast.bob)
    if offers(team) == [("Bob", "open")]:
        first, second = second, first
    with tenant_scope(cast.acme.pk):
        decline_offer(actor=first[1].actor, offer_id=newest_offer(team).pk)
    catch_up(cast.acme)
    with after(seconds=1):
        assert offers(team) == [(first[0], "declined"), (second[0], "open")]
    with tenant_scope(cast.acme.pk):
        decline_offer(actor=second[1].actor, offer_id=newest_offer(team).pk)
    with after(seconds=10):
        assert len(offers(team)) == 2
    with after(seconds=45):
        assert offers(team)[2:] == [(first[0], "open")]


def test_an_offer_that_is_let_pass_goes_on_by_itself(cast: Cast) -> None:
    team = make_team(cast, cast.alice, cast.bob)
    begin(cast.vera, "Hello")
    share_out(team)
    with after(seconds=19):
        assert [outcome for _name, outcome in offers(team)] == ["open"]
    with after(seconds=20):
        assert [outcome for _name, outcome in offers(team)] == ["expired", "open"]
    assert {name for name, _outcome in offers(team)} == {"Alice", "Bob"}
    assert told(team, "offer.made", "offer.ended") == [
        ("offer.made", "made"),
        ("offer.ended", "expired"),
        ("offer.made", "made"),
    ]


def test_an_offer_for_what_somebody_else_took_says_who_has_it(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    conversation = begin(cast.vera, "Hello")
    share_out(team)
    reply(cast.bob, conversation)
    with tenant_scope(cast.acme.pk), pytest.raises(Conflict) as refused:
        accept_offer(actor=cast.alice.actor, offer_id=newest_offer(team).pk)
    assert str(refused.value.detail) == "Bob has this conversation now."

    share_out(team)
    assert (holder(conversation), offers(team)) == ("Bob", [("Alice", "taken")])
    with tenant_scope(cast.acme.pk):
        assert EventRecord.objects.get(type="offer.ended").payload["taken_by"] == "Bob"


def test_nobody_answers_the_offer_of_another(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    begin(cast.vera, "Hello")
    share_out(team)
    offer = newest_offer(team)
    for stranger in (cast.bob, cast.mallory):
        with tenant_scope(stranger.tenant_id), pytest.raises(NotFound):
            accept_offer(actor=stranger.actor, offer_id=offer.pk)
    viewer = make_operator(cast.acme, name="Walter", role=Role.VIEWER)
    with tenant_scope(cast.acme.pk), pytest.raises(PermissionDenied):
        decline_offer(actor=viewer.actor, offer_id=offer.pk)
    assert offers(team) == [("Alice", "open")]


def test_with_no_time_to_think_conversations_are_given_at_once_up_to_the_limit(cast: Cast) -> None:
    team = make_team(cast, cast.alice, offer_seconds=0)
    conversations = [begin(visitor, "Hello") for visitor in visitors(cast, "ABCDEF")]
    share_out(team)

    assert [holder(one) for one in conversations] == ["Alice"] * 4 + [None] * 2
    assert offers(team) == [("Alice", "assigned")] * 4
    reply(cast.alice, conversations[0])
    close(cast.alice, conversations[0])
    catch_up(cast.acme)
    with after(seconds=0):
        assert [holder(one) for one in conversations[4:]] == ["Alice", None]


def test_what_one_is_offered_counts_with_what_one_has(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    with tenant_scope(cast.acme.pk):
        Operator.objects.filter(pk=cast.alice.pk).update(max_conversations=2)
    first, *_others = [begin(visitor, "Hello") for visitor in visitors(cast, ["Ana", "Ben", "Cid"])]
    reply(cast.alice, first)
    share_out(team)
    share_out(team)
    assert offers(team) == [("Alice", "open")]


def test_whoever_is_in_two_teams_is_not_given_more_than_their_limit_by_both(cast: Cast) -> None:
    team = make_team(cast, cast.alice, offer_seconds=0)
    conversations = [begin(visitor, "Hello") for visitor in visitors(cast, "ABC")]
    with tenant_scope(cast.acme.pk):
        other = create_team(
            actor=cast.bob.actor,
            name="Other",
            member_ids=[cast.alice.pk],
            routing=TeamRouting(assignment_mode="least_busy"),
        )
        moved = [begin(visitor, "Hello") for visitor in visitors(cast, "DEF")]
        for one in moved:
            assign(actor=cast.bob.actor, conversation_id=one.pk, operator_id=None, team_id=other.pk)
    share_out(other)
    share_out(team)
    assert (len(offers(other)), [holder(one) for one in conversations]) == (3, ["Alice", None, None])


@pytest.mark.parametrize("availability", [Availability.AWAY, Availability.OFFLINE])
def test_what_was_not_answered_yet_returns_to_the_queue_when_its_operator_goes(
    cast: Cast, availability: Availability
) -> None:
    team = make_team(cast, cast.alice, offer_seconds=0)
    waiting, answered = begin(cast.vera, "Hello"), begin(make_visitor(cast.acme_widget), "Hello")
    share_out(team)
    reply(cast.alice, answered)
    set_to(cast.alice, availability)
    catch_up(cast.acme)
    with after(seconds=0):
        assert (holder(waiting), holder(answered)) == (None, "Alice")


def test_what_somebody_was_handed_by_a_colleague_stays_theirs_when_they_go(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(cast.acme.pk):
        assign(
            actor=cast.bob.actor, conversation_id=conversation.pk, operator_id=cast.alice.pk, team_id=team.pk
        )
    set_to(cast.alice, Availability.AWAY)
    share_out(team)
    assert holder(conversation) == "Alice"


def test_an_offer_is_withdrawn_when_its_operator_goes_away(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    begin(cast.vera, "Hello")
    share_out(team)
    set_to(cast.alice, Availability.AWAY)
    catch_up(cast.acme)
    with after(seconds=0):
        assert offers(team) == [("Alice", "withdrawn")]


def test_whoever_has_no_page_open_is_offered_nothing_and_is_as_soon_as_they_come(cast: Cast) -> None:
    team = make_team(cast)
    with tenant_scope(cast.acme.pk):
        team.memberships.create(tenant_id=cast.acme.pk, operator=cast.alice)
    begin(cast.vera, "Hello")
    share_out(team)
    assert offers(team) == []
    operator_here(cast.alice)
    with after(seconds=5):
        assert offers(team) == [("Alice", "open")]


def test_an_urgent_one_is_offered_before_those_that_wait_longer(cast: Cast) -> None:
    team = make_team(cast, cast.alice)
    with tenant_scope(cast.acme.pk):
        Operator.objects.filter(pk=cast.alice.pk).update(max_conversations=1)
    with happening_at(now() - timedelta(minutes=2)):
        begin(cast.vera, "Hello")
    urgent = begin(make_visitor(cast.acme_widget), "Fire")
    with tenant_scope(cast.acme.pk):
        set_priority(actor=cast.bob.actor, conversation_id=urgent.pk, priority="urgent")
    share_out(team)
    assert newest_offer(team).conversation_id == urgent.pk
    assert len(offers(team)) == 1


def test_who_answered_last_is_asked_first_where_the_team_wants_it(cast: Cast) -> None:
    team = make_team(cast, cast.alice, cast.bob, prefers_last_operator=True)
    for operator in (cast.alice, cast.bob):
        earlier = begin(visitor := make_visitor(cast.acme_widget), "Hello")
        reply(operator, earlier)
        close(operator, earlier)
        begin(visitor, "Me again")
        share_out(team)
        assert offers(team)[-1] == (operator.display_name, "open")


def test_what_is_opened_again_returns_to_the_queue_when_its_operator_is_away(cast: Cast) -> None:
    make_team(cast, cast.alice)
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation)
    close(cast.alice, conversation)
    set_to(cast.alice, Availability.AWAY)
    catch_up(cast.acme)
    with tenant_scope(cast.acme.pk):
        send_message(
            actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft("And another thing")
        )
    catch_up(cast.acme)
    with after(seconds=0):
        assert holder(conversation) is None


def test_a_conversation_without_a_team_comes_to_the_team_of_its_language(cast: Cast) -> None:
    operator_here(cast.alice)
    with tenant_scope(cast.acme.pk):
        for name, language in (("Lietuva", "lt"), ("English", "en")):
            create_team(
                actor=cast.bob.actor,
                name=name,
                member_ids=[cast.alice.pk],
                routing=TeamRouting(assignment_mode="round_robin", languages=(language,)),
            )
    conversation = begin(cast.vera, "Hello")
    catch_up(cast.acme)
    with after(seconds=0):
        catch_up(cast.acme)
    with after(seconds=1), tenant_scope(cast.acme.pk):
        moved = Conversation.objects.select_related("team").get(pk=conversation.pk)
        assert moved.team is not None
        assert moved.team.name == "English"
        assert Offer.objects.get().operator_id == cast.alice.pk


def test_with_the_broker_away_nothing_is_given_and_nothing_taken_back(cast: Cast, settings: Any) -> None:
    team = make_team(cast, cast.alice)
    begin(cast.vera, "Hello")
    share_out(team)
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    with happening_at(now() + timedelta(seconds=60)):
        share_out(team)
    assert offers(team) == [("Alice", "open")]
    assert Timer.objects.filter(kind="distribute").count() == 1
