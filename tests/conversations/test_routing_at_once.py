"""Teams share out while contacts write, operators answer, accept and come and go, all at the same moment."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection

from conversations.actions.answer_offer import accept_offer, decline_offer
from conversations.actions.assign import assign
from conversations.actions.distribute import distribute
from conversations.actions.send_message import send_message
from conversations.models import Conversation, Offer
from conversations.queue import candidates
from operators.actions.manage_teams import create_team
from operators.actions.set_availability import set_availability
from operators.models import Availability, Operator, Team
from operators.team_routing import TeamRouting
from tenants.errors import Conflict
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope
from tenants.timers import run_due_timers
from tests.background import catch_up, operator_here
from tests.cast import Cast, a_draft, begin, make_cast, make_visitor

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def two_teams(cast: Cast) -> list[Team]:
    """Two teams of the same two people: one asks, one gives at once. Sixteen conversations wait in each."""
    for operator in (cast.alice, cast.bob):
        operator_here(operator)
    teams = []
    for seconds in (20, 0):
        with tenant_scope(cast.acme.pk):
            team = create_team(
                actor=cast.bob.actor,
                name=f"Team {seconds}",
                member_ids=[cast.alice.pk, cast.bob.pk],
                routing=TeamRouting(assignment_mode="round_robin", offer_seconds=seconds),
            )
        teams.append(team)
        for number in range(16):
            conversation = begin(make_visitor(cast.acme_widget, name=f"V{number}"), "Hello")
            with tenant_scope(cast.acme.pk):
                assign(
                    actor=cast.bob.actor, conversation_id=conversation.pk, operator_id=None, team_id=team.pk
                )
    return teams


def test_nothing_deadlocks_and_no_limit_is_passed(cast: Cast) -> None:
    tenant_id = TenantId(cast.acme.pk)
    teams = two_teams(cast)
    most: list[int] = []

    def share_out(dice: random.Random) -> None:
        distribute(actor=system_actor(tenant_id), team_id=dice.choice(teams).pk)

    def write(dice: random.Random) -> None:
        conversation = dice.choice(list(Conversation.objects.all()))
        # Operators' replies take what nobody has, past their limit if they like: here they write notes.
        author, kind = dice.choice(
            [(cast.alice.actor, "note"), (cast.bob.actor, "note"), (system_actor(tenant_id), "reply")]
        )
        send_message(actor=author, conversation_id=conversation.pk, draft=a_draft("Yes", kind=kind))

    def answer(dice: random.Random) -> None:
        for offer in Offer.objects.filter(outcome="open").select_related("operator__user")[:2]:
            act = dice.choice([accept_offer, decline_offer])
            act(actor=offer.operator.actor, offer_id=offer.pk)

    def come_or_go(dice: random.Random) -> None:
        wanted = dice.choice([Availability.ONLINE, Availability.ONLINE, Availability.AWAY])
        set_availability(actor=cast.alice.actor, operator_id=cast.alice.pk, availability=wanted)

    def run(act: Callable[[random.Random], None], seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(ROUNDS):
            with suppress(Conflict), tenant_scope(tenant_id):
                act(dice)
            with tenant_scope(tenant_id):
                both = Operator.objects.order_by("pk")
                most.extend(one.load for one in candidates(list(both), here=[]))
        connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        acts = [share_out, share_out, share_out, write, answer, answer, come_or_go]
        for future in [pool.submit(run, act, seed) for seed, act in enumerate(acts)]:
            future.result(timeout=120)  # a deadlock would be an OperationalError here

    assert max(most) == 400
    catch_up(cast.acme)
    run_due_timers()
    with tenant_scope(tenant_id):
        per_conversation = Counter(
            Offer.objects.filter(outcome="open").values_list("conversation_id", flat=True)
        )
    assert set(per_conversation.values()) <= {1}
