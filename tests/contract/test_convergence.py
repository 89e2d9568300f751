"""State before + events = state fetched fresh, with the very reducer that runs in the browser."""

import random
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from conversations.actions.assign import assign
from conversations.actions.change_conversation import change_conversation
from conversations.actions.change_status import mark_pending, reopen, snooze
from conversations.actions.label import mark_spam, set_priority, set_tags
from conversations.actions.rate import rate
from conversations.actions.resolve import resolve
from conversations.actions.send_message import send_message
from conversations.models import Conversation
from tenants.clock import now
from tenants.errors import DomainError
from tenants.events import Audience
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, a_draft, begin
from tests.contract.reducer import missed, reduced, snapshot

pytestmark = pytest.mark.django_db

TEXTS = ("سلام، سفارش من کجاست؟", "  Two\n\nlines  ", "x" * 400, "Ačiū! 👍", "https://x.lt شكرا")


def moves(cast: Cast, conversation_id: UUID, dice: random.Random) -> list[Callable[[], object]]:
    alice, bob, vera = cast.alice.actor, cast.bob.actor, cast.vera.actor

    def say(kind: str = "reply", *, as_contact: bool) -> object:
        actor = vera if as_contact else dice.choice((alice, bob))
        draft = a_draft(dice.choice(TEXTS), kind=kind)
        return send_message(actor=actor, conversation_id=conversation_id, draft=draft)

    about = {"conversation_id": conversation_id}
    return [
        lambda: say(as_contact=True),
        lambda: say(as_contact=True),
        lambda: say(as_contact=False),
        lambda: say(as_contact=False),
        lambda: say("note", as_contact=False),
        lambda: assign(actor=bob, operator_id=dice.choice((cast.alice.pk, cast.bob.pk, None)), **about),
        lambda: resolve(actor=alice, **about),
        lambda: resolve(actor=vera, **about),
        lambda: reopen(actor=bob, **about),
        lambda: snooze(actor=alice, until=now() + timedelta(hours=dice.randint(1, 9)), **about),
        lambda: mark_pending(actor=alice, **about),
        lambda: set_priority(actor=alice, priority=dice.choice(("none", "low", "urgent")), **about),
        lambda: set_tags(
            actor=alice, names=dice.sample(("vip", "refund", "پرداخت"), dice.randint(0, 3)), **about
        ),
        lambda: change_conversation(
            actor=bob, subject=dice.choice(("", "Refund")), language=dice.choice(("en", "fa")), **about
        ),
        lambda: mark_spam(actor=alice, is_spam=dice.random() < 0.5, **about),
        lambda: rate(actor=vera, score=dice.randint(1, 5), comment=dice.choice(("", "Thanks")), **about),
    ]


def play(cast: Cast, conversation: Conversation, *, seed: int, steps: int) -> None:
    dice = random.Random(seed)
    choices = moves(cast, conversation.pk, dice)
    for _ in range(steps):
        try:
            dice.choice(choices)()
        except DomainError:
            continue  # a move that is refused records nothing, which is what the comparison shows


@pytest.mark.parametrize("audience", [Audience.OPERATORS, Audience.CONTACT])
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 6])
def test_events_bring_an_old_copy_to_the_fresh_state(cast: Cast, seed: int, audience: Audience) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        before = snapshot(conversation.pk, audience)
        play(cast, conversation, seed=seed, steps=40)

        state = reduced(conversation.pk, audience, before=before)

        row, messages = snapshot(conversation.pk, audience)
        assert state["conversations"][str(conversation.pk)] == row
        assert state["threads"][str(conversation.pk)]["messages"] == messages
        assert state["threads"][str(conversation.pk)]["early"] == []


def test_the_contacts_positions_have_no_holes_whatever_operators_do(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        play(cast, conversation, seed=7, steps=60)
        for audience in (Audience.CONTACT, Audience.OPERATORS):
            frames = missed(conversation.pk, audience, after=0)
            assert [frame["position"] for frame in frames] == list(range(1, len(frames) + 1))
