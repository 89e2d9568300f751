"""Two people do different things to one conversation at the same moment: one of them is too late, and hears it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from conversations.actions.answer_offer import accept_offer, decline_offer
from conversations.actions.assign import assign
from conversations.actions.end_transfer import end_transfer
from conversations.actions.transfer import transfer_to_operator
from conversations.models import Conversation, Notification, Offer
from operators.models import Operator
from tenants.clock import now
from tenants.errors import Conflict
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.background import operator_here
from tests.cast import Cast, begin, make_cast, make_operator, reply

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def carol(cast: Cast) -> Operator:
    """A colleague of Alice and Bob; all three are at their inboxes."""
    made = make_operator(cast.acme, name="Carol")
    for operator in (cast.alice, cast.bob, made):
        operator_here(operator)
    return made


def at_once(cast: Cast, *acts: Callable[[], object]) -> list[bool]:
    """Do all of it at the same moment, and return which of it was done: the rest was a Conflict."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> bool:
        try:
            start.wait(timeout=30)
            with tenant_scope(TenantId(cast.acme.pk)):
                act()
        except Conflict:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        # A deadlock would be an OperationalError here.
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def hand_over(cast: Cast, conversation: Conversation, to: Operator) -> Offer:
    return transfer_to_operator(
        actor=cast.bob.actor, conversation_id=conversation.pk, operator_id=to.pk, note="Please"
    )


def offered(cast: Cast) -> tuple[Conversation, Offer]:
    """A conversation that Bob has and has offered to Alice."""
    conversation = begin(cast.vera, "Hello")
    reply(cast.bob, conversation)
    with tenant_scope(cast.acme.pk):
        return conversation, hand_over(cast, conversation, cast.alice)


def state(cast: Cast, conversation: Conversation, offer: Offer) -> tuple[str, str, int]:
    """Who has it, what became of the offer, and how many offers are open."""
    with tenant_scope(cast.acme.pk):
        operator = Conversation.objects.get(pk=conversation.pk).operator
        open_offers = Offer.objects.filter(conversation=conversation, outcome="open").count()
        return operator.display_name, Offer.objects.get(pk=offer.pk).outcome, open_offers


def test_accepting_what_is_being_offered_to_another(cast: Cast, carol: Operator) -> None:
    seen = set()
    for _ in range(ROUNDS):
        conversation, offer = offered(cast)
        done = at_once(
            cast,
            partial(accept_offer, actor=cast.alice.actor, offer_id=offer.pk),
            partial(hand_over, cast, conversation, carol),
        )
        seen.add((*done, *state(cast, conversation, offer)))
    assert seen <= {(True, False, "Alice", "accepted", 0), (False, True, "Bob", "withdrawn", 1)}


def test_handing_over_what_somebody_takes(cast: Cast, carol: Operator) -> None:
    for _ in range(ROUNDS):
        conversation = begin(cast.vera, "Hello")
        reply(cast.bob, conversation)
        at_once(
            cast,
            partial(hand_over, cast, conversation, cast.alice),
            partial(assign, actor=carol.actor, conversation_id=conversation.pk, operator_id=carol.pk),
        )
        with tenant_scope(cast.acme.pk):
            assert Conversation.objects.get(pk=conversation.pk).operator_id == carol.pk
            for offer in Offer.objects.filter(conversation=conversation):
                with pytest.raises(Conflict):
                    accept_offer(actor=cast.alice.actor, offer_id=offer.pk)


def test_answering_in_the_moment_the_time_is_over(cast: Cast, carol: Operator) -> None:
    seen = set()
    for _ in range(ROUNDS):
        conversation, offer = offered(cast)
        with tenant_scope(cast.acme.pk):
            Offer.objects.filter(pk=offer.pk).update(expires_at=now())
        done, _timer = at_once(
            cast,
            partial(accept_offer, actor=cast.alice.actor, offer_id=offer.pk),
            partial(end_transfer, actor=system_actor(TenantId(cast.acme.pk)), offer_id=offer.pk),
        )
        seen.add((done, *state(cast, conversation, offer)))
    assert seen <= {(True, "Alice", "accepted", 0), (False, "Bob", "expired", 0)}


def test_declining_twice_tells_the_sender_once(cast: Cast, carol: Operator) -> None:
    conversation, offer = offered(cast)
    decline = [partial(decline_offer, actor=cast.alice.actor, offer_id=offer.pk)] * 2
    assert at_once(cast, *decline) == [True, True]
    assert state(cast, conversation, offer) == ("Bob", "declined", 0)
    with tenant_scope(cast.acme.pk):
        assert Notification.objects.filter(kind="returned").count() == 1


def test_a_click_too_many_leaves_one_offer(cast: Cast, carol: Operator) -> None:
    conversation = begin(cast.vera, "Hello")
    reply(cast.bob, conversation)
    assert at_once(cast, *[partial(hand_over, cast, conversation, cast.alice)] * 2) == [True, True]
    with tenant_scope(cast.acme.pk):
        assert sorted(Offer.objects.values_list("outcome", flat=True)) == ["open", "withdrawn"]
