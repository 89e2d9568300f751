"""Handing over: the colleague is asked, the contact reads who joined, and what nobody takes comes back."""

import pytest

from conversations.actions.answer_offer import accept_offer, decline_offer
from conversations.actions.assign import assign
from conversations.actions.distribute import distribute
from conversations.actions.resolve import resolve
from conversations.actions.transfer import invite_colleague, transfer_to_operator, transfer_to_team
from conversations.models import Conversation, Message, Notification, Offer
from operators.actions.manage_teams import create_team
from operators.models import Availability, Operator, Team
from operators.team_routing import TeamRouting
from tenants.errors import BadRequest, Conflict, NotFound, PermissionDenied
from tenants.models import EventRecord, Timer
from tenants.permissions import Role, system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.background import after, operator_here
from tests.cast import Cast, begin, make_cast, make_operator, make_visitor, reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, with Alice and Bob at their inboxes."""
    made = make_cast()
    for operator in (made.alice, made.bob):
        operator_here(operator)
    return made


@pytest.fixture
def conversation(cast: Cast) -> Conversation:
    """Vera's, which Bob has."""
    made = begin(cast.vera, "My parcel is late")
    reply(cast.bob, made)
    return made


def offered(cast: Cast, conversation: Conversation, *, note: str = "She has waited for a week.") -> Offer:
    """Let Bob offer it to Alice."""
    with tenant_scope(cast.acme.pk):
        return transfer_to_operator(
            actor=cast.bob.actor, conversation_id=conversation.pk, operator_id=cast.alice.pk, note=note
        )


def holder(conversation: Conversation) -> str | None:
    with tenant_scope(conversation.tenant_id):
        operator = Conversation.objects.get(pk=conversation.pk).operator
        return operator.display_name if operator else None


def outcome(offer: Offer) -> str:
    with tenant_scope(offer.tenant_id):
        return Offer.objects.get(pk=offer.pk).outcome


def steps(cast: Cast) -> list[tuple[str, str, str]]:
    """From whom, to whom, what came of it: each step as reports read it."""
    with tenant_scope(cast.acme.pk):
        rows = EventRecord.objects.filter(type="conversation.transferred").order_by("operators_position")
        return [
            (row.payload["from_operator_name"], row.payload["to_operator_name"], row.payload["outcome"])
            for row in rows
        ]


def told(cast: Cast) -> list[tuple[str, str, str]]:
    """Who was notified of what, by whom."""
    with tenant_scope(cast.acme.pk):
        rows = Notification.objects.order_by("created_at", "operator__display_name")
        return list(rows.values_list("operator__display_name", "kind", "by_name"))


def lines(conversation: Conversation) -> list[tuple[str, bool]]:
    """The codes of the event lines, and whether the contact sees them."""
    with tenant_scope(conversation.tenant_id):
        rows = Message.objects.filter(conversation=conversation, kind="event").order_by("operators_position")
        return [(row.line["code"], row.contact_position is not None) for row in rows if row.line]


def test_until_it_is_accepted_the_sender_has_it(cast: Cast, conversation: Conversation) -> None:
    offer = offered(cast, conversation)
    assert (holder(conversation), outcome(offer)) == ("Bob", "open")
    assert (offer.expires_at - offer.offered_at).total_seconds() == 30
    with tenant_scope(cast.acme.pk):
        body = EventRecord.objects.get(type="offer.made").payload["offer"]
        assert Message.objects.get(kind="note").text == "She has waited for a week."
    assert (body["sender"]["name"], body["note"], body["team_id"]) == (
        "Bob",
        "She has waited for a week.",
        None,
    )
    assert steps(cast) == [("Bob", "Alice", "offered")]


def test_who_accepts_has_it_with_the_note_and_the_contact_reads_who_joined(
    cast: Cast, conversation: Conversation
) -> None:
    offer = offered(cast, conversation)
    with tenant_scope(cast.acme.pk):
        accept_offer(actor=cast.alice.actor, offer_id=offer.pk)
        accept_offer(actor=cast.alice.actor, offer_id=offer.pk)
        note = Notification.objects.get(kind="transfer").message
        assert not Timer.objects.filter(kind="transfer").exists()
    assert (holder(conversation), outcome(offer)) == ("Alice", "accepted")
    assert note is not None
    assert note.text == "She has waited for a week."
    assert steps(cast) == [("Bob", "Alice", "offered"), ("Bob", "Alice", "accepted")]
    assert sorted(told(cast)) == [("Alice", "transfer", "Bob"), ("Bob", "taken_over", "Alice")]
    assert lines(conversation) == [("joined", True), ("transfer_offered", False), ("joined", True)]


def test_what_is_declined_stays_with_the_sender_who_is_told(cast: Cast, conversation: Conversation) -> None:
    offer = offered(cast, conversation)
    with tenant_scope(cast.acme.pk):
        decline_offer(actor=cast.alice.actor, offer_id=offer.pk)
        decline_offer(actor=cast.alice.actor, offer_id=offer.pk)
    assert (holder(conversation), outcome(offer)) == ("Bob", "declined")
    assert steps(cast)[-1] == ("Bob", "Alice", "declined")
    assert told(cast) == [("Bob", "returned", "Alice")]
    assert lines(conversation)[-1] == ("transfer_declined", False)
    with tenant_scope(cast.acme.pk), pytest.raises(Conflict):
        accept_offer(actor=cast.alice.actor, offer_id=offer.pk)


def test_what_nobody_answers_in_thirty_seconds_stays_with_the_sender(
    cast: Cast, conversation: Conversation
) -> None:
    offer = offered(cast, conversation)
    with after(seconds=29):
        assert outcome(offer) == "open"
    with after(seconds=31):
        assert (holder(conversation), outcome(offer)) == ("Bob", "expired")
    assert steps(cast)[-1] == ("Bob", "Alice", "expired")
    assert told(cast) == [("Bob", "returned", "Alice")]


def test_what_somebody_else_took_meanwhile_is_not_given_back(cast: Cast, conversation: Conversation) -> None:
    carol = make_operator(cast.acme, name="Carol")
    offer = offered(cast, conversation)
    with tenant_scope(cast.acme.pk):
        assign(actor=carol.actor, conversation_id=conversation.pk, operator_id=carol.pk)
        with pytest.raises(Conflict) as refused:
            accept_offer(actor=cast.alice.actor, offer_id=offer.pk)
    assert refused.value.detail == "Carol has this conversation now."
    with after(seconds=31):
        assert (holder(conversation), outcome(offer)) == ("Carol", "withdrawn")
    assert told(cast) == [("Bob", "taken_over", "Carol")]


def test_what_was_resolved_meanwhile_cannot_be_accepted(cast: Cast, conversation: Conversation) -> None:
    offer = offered(cast, conversation)
    with tenant_scope(cast.acme.pk):
        resolve(actor=cast.bob.actor, conversation_id=conversation.pk)
        with pytest.raises(Conflict):
            accept_offer(actor=cast.alice.actor, offer_id=offer.pk)
    with after(seconds=31):
        assert outcome(offer) == "withdrawn"


def test_who_changes_their_mind_offers_it_to_another(cast: Cast, conversation: Conversation) -> None:
    carol = make_operator(cast.acme, name="Carol")
    operator_here(carol)
    first = offered(cast, conversation)
    with tenant_scope(cast.acme.pk):
        second = transfer_to_operator(
            actor=cast.bob.actor, conversation_id=conversation.pk, operator_id=carol.pk
        )
        with pytest.raises(Conflict):
            accept_offer(actor=cast.alice.actor, offer_id=first.pk)
        accept_offer(actor=carol.actor, offer_id=second.pk)
    assert (outcome(first), outcome(second), holder(conversation)) == ("withdrawn", "accepted", "Carol")


def test_what_nobody_has_is_the_sender_s_until_it_is_accepted(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    offered(cast, conversation, note="")
    assert holder(conversation) == "Bob"
    with tenant_scope(cast.acme.pk):
        assert Message.objects.filter(kind="note").count() == 0


def test_a_team_s_own_offer_ends_when_somebody_hands_over(cast: Cast) -> None:
    with tenant_scope(cast.acme.pk):
        team = create_team(
            actor=cast.bob.actor,
            name="Help",
            member_ids=[cast.alice.pk],
            routing=TeamRouting(assignment_mode="round_robin"),
        )
        cast.acme_widget.team = team
        cast.acme_widget.save()
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(cast.acme.pk):
        distribute(actor=system_actor(TenantId(cast.acme.pk)), team_id=team.pk)
        by_team = Offer.objects.get()
    by_bob = offered(cast, conversation)
    assert (outcome(by_team), outcome(by_bob), holder(conversation)) == ("withdrawn", "open", "Bob")


@pytest.mark.parametrize("availability", [Availability.AWAY, Availability.OFFLINE])
def test_who_is_not_here_is_not_asked_and_nothing_is_written(
    cast: Cast, conversation: Conversation, availability: Availability
) -> None:
    with tenant_scope(cast.acme.pk):
        Operator.objects.filter(pk=cast.alice.pk).update(availability=availability)
    with pytest.raises(Conflict) as refused:
        offered(cast, conversation)
    assert "Alice is not here now." in str(refused.value.detail)
    with tenant_scope(cast.acme.pk):
        assert Message.objects.filter(kind="note").count() == 0
        assert Offer.objects.count() == 0
    assert steps(cast) == []


def test_nobody_hands_over_to_oneself_a_viewer_or_a_stranger(cast: Cast, conversation: Conversation) -> None:
    victor = make_operator(cast.acme, name="Victor", role=Role.VIEWER)
    with tenant_scope(cast.acme.pk):
        for wrong in (cast.bob.pk, victor.pk, cast.mallory.pk):
            with pytest.raises(BadRequest):
                transfer_to_operator(actor=cast.bob.actor, conversation_id=conversation.pk, operator_id=wrong)
        with pytest.raises(PermissionDenied):
            transfer_to_operator(
                actor=victor.actor, conversation_id=conversation.pk, operator_id=cast.alice.pk
            )
        with pytest.raises(PermissionDenied):
            transfer_to_operator(
                actor=system_actor(TenantId(cast.acme.pk)),
                conversation_id=conversation.pk,
                operator_id=cast.alice.pk,
            )
    with tenant_scope(cast.globex.pk), pytest.raises(NotFound):
        transfer_to_operator(
            actor=cast.mallory.actor, conversation_id=conversation.pk, operator_id=cast.mallory.pk
        )
    assert (steps(cast), holder(conversation)) == ([], "Bob")


def test_nobody_answers_another_s_offer(cast: Cast, conversation: Conversation) -> None:
    offer = offered(cast, conversation)
    with tenant_scope(cast.acme.pk), pytest.raises(NotFound):
        accept_offer(actor=cast.bob.actor, offer_id=offer.pk)
    with tenant_scope(cast.globex.pk), pytest.raises(NotFound):
        accept_offer(actor=cast.mallory.actor, offer_id=offer.pk)
    assert outcome(offer) == "open"


def billing(cast: Cast, *members: Operator) -> Team:
    with tenant_scope(cast.acme.pk):
        return create_team(actor=cast.bob.actor, name="Billing", member_ids=[member.pk for member in members])


def test_a_team_gets_it_and_everybody_in_it_is_told(cast: Cast, conversation: Conversation) -> None:
    team = billing(cast, cast.alice, cast.bob)
    with tenant_scope(cast.acme.pk):
        given = transfer_to_team(
            actor=cast.bob.actor, conversation_id=conversation.pk, team_id=team.pk, note="About the invoice"
        )
        note = Notification.objects.get().message
    assert (given.team_id, holder(conversation)) == (team.pk, None)
    assert note is not None
    assert note.text == "About the invoice"
    assert told(cast) == [("Alice", "transfer", "Bob")]
    assert steps(cast) == [("Bob", "", "queued")]
    with tenant_scope(cast.acme.pk):
        line = Message.objects.filter(kind="event").latest("operators_position").line
    assert line == {"code": "assigned", "operator": "", "team": "Billing"}


def test_with_nobody_of_the_team_here_it_stays_where_it_is(cast: Cast, conversation: Conversation) -> None:
    team = billing(cast, cast.bob, make_operator(cast.acme, name="Carol"))
    with tenant_scope(cast.acme.pk):
        with pytest.raises(Conflict) as refused:
            transfer_to_team(
                actor=cast.bob.actor, conversation_id=conversation.pk, team_id=team.pk, note="Please"
            )
        assert Message.objects.filter(kind="note").count() == 0
    assert "Nobody of Billing is here now." in str(refused.value.detail)
    assert (holder(conversation), told(cast), steps(cast)) == ("Bob", [], [])


def test_another_tenant_s_team_is_none(cast: Cast, conversation: Conversation) -> None:
    with tenant_scope(cast.globex.pk):
        theirs = Team.objects.create(name="Theirs")
    with tenant_scope(cast.acme.pk), pytest.raises(BadRequest):
        transfer_to_team(actor=cast.bob.actor, conversation_id=conversation.pk, team_id=theirs.pk)


def test_who_is_invited_is_told_and_the_conversation_stays(cast: Cast, conversation: Conversation) -> None:
    carol = make_operator(cast.acme, name="Carol")  # who is not here
    with tenant_scope(cast.acme.pk):
        for operator in (cast.alice, carol):
            invite_colleague(
                actor=cast.bob.actor, conversation_id=conversation.pk, operator_id=operator.pk, note="Help?"
            )
    assert told(cast) == [("Alice", "invited", "Bob"), ("Carol", "invited", "Bob")]
    assert (holder(conversation), lines(conversation)[-1]) == ("Bob", ("invited", False))
    with tenant_scope(cast.acme.pk), pytest.raises(BadRequest):
        invite_colleague(actor=cast.bob.actor, conversation_id=conversation.pk, operator_id=cast.mallory.pk)
    with tenant_scope(cast.globex.pk), pytest.raises(NotFound):
        invite_colleague(
            actor=cast.mallory.actor, conversation_id=conversation.pk, operator_id=cast.mallory.pk
        )


def test_who_takes_a_colleague_s_conversation_over_tells_them(cast: Cast, conversation: Conversation) -> None:
    with tenant_scope(cast.acme.pk):
        assign(actor=cast.alice.actor, conversation_id=conversation.pk, operator_id=cast.alice.pk)
    assert told(cast) == [("Bob", "taken_over", "Alice")]
    other = begin(make_visitor(cast.acme_widget, name="Otto"), "Hello")
    with tenant_scope(cast.acme.pk):
        assign(actor=cast.alice.actor, conversation_id=other.pk, operator_id=cast.alice.pk)
        assign(actor=cast.alice.actor, conversation_id=other.pk, operator_id=cast.bob.pk)
    assert len(told(cast)) == 1


def test_nothing_of_a_transfer_but_who_joined_reaches_the_contact(
    cast: Cast, conversation: Conversation
) -> None:
    offer = offered(cast, conversation, note="Difficult customer")
    with tenant_scope(cast.acme.pk):
        accept_offer(actor=cast.alice.actor, offer_id=offer.pk)
        public = EventRecord.objects.filter(contact_position__isnull=False).order_by("contact_position")
        assert [row.type for row in public][-2:] == ["message.created", "conversation.assigned"]
        assert not any("Difficult" in str(row.payload) for row in public)
