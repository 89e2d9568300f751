"""Everything that may happen to a conversation, by chance."""

import random
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from conversations.actions.assign import assign
from conversations.actions.change_conversation import change_conversation
from conversations.actions.change_status import mark_pending, reopen, snooze
from conversations.actions.label import mark_spam, set_priority, set_tags
from conversations.actions.rate import rate
from conversations.actions.resolve import resolve
from conversations.actions.send_message import send_message
from conversations.actions.transfer import invite_colleague, transfer_to_operator
from conversations.models import Conversation
from tenants.clock import now
from tenants.errors import DomainError
from tenants.permissions import system_actor
from tests.cast import Cast, a_draft

TEXTS = ("سلام، سفارش من کجاست؟", "  Two\n\nlines  ", "x" * 400, "Ačiū! 👍", "https://x.lt شكرا")


def moves(cast: Cast, conversation_id: UUID, dice: random.Random) -> list[Callable[[], object]]:
    alice, bob, vera = cast.alice.actor, cast.bob.actor, cast.vera.actor

    def say(kind: str = "reply", *, as_contact: bool) -> object:
        actor = vera if as_contact else dice.choice((alice, bob))
        draft = a_draft(dice.choice(TEXTS), kind=kind)
        return send_message(actor=actor, conversation_id=conversation_id, draft=draft)

    def say_by_itself() -> object:
        actor = system_actor(alice.tenant_id, name="Website")
        return send_message(
            actor=actor, conversation_id=conversation_id, draft=a_draft("Thank you for waiting.")
        )

    about = {"conversation_id": conversation_id}
    return [
        lambda: say(as_contact=True),
        lambda: say(as_contact=True),
        lambda: say(as_contact=False),
        lambda: say(as_contact=False),
        lambda: say("note", as_contact=False),
        say_by_itself,
        lambda: assign(actor=bob, operator_id=dice.choice((cast.alice.pk, cast.bob.pk, None)), **about),
        lambda: invite_colleague(
            actor=bob, operator_id=cast.alice.pk, note=dice.choice(("", "Help")), **about
        ),
        lambda: transfer_to_operator(actor=alice, conversation_id=conversation_id, operator_id=cast.bob.pk),
        lambda: resolve(actor=alice, **about),
        lambda: resolve(actor=vera, **about),
        lambda: reopen(actor=bob, **about),
        lambda: snooze(actor=alice, until=now() + timedelta(hours=dice.randint(1, 9)), **about),
        lambda: snooze(actor=bob, until=None, **about),
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
    """Let people do this and that. A scope of acme must be open."""
    dice = random.Random(seed)
    choices = moves(cast, conversation.pk, dice)
    for _ in range(steps):
        try:
            dice.choice(choices)()
        except DomainError:
            continue  # a move that is refused records nothing, which is what the comparison shows
