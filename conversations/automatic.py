"""Noticing that Parley may have something to say by itself. What it is, is decided where the timer runs."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from conversations.actions.say_automatically import KIND
from conversations.models import Conversation, Inbox
from conversations.tasks import run_timers_of
from tenants.clock import now
from tenants.events import Reader, StoredEvent
from tenants.scoping import current_tenant_id
from tenants.timers import set_timers


class AutomaticMessages(Reader):
    """Looks at conversations in which somebody said something, or which were opened again."""

    name = "automatic_messages"
    types = ("message.created", "conversation.reopened")
    bodiless = types

    def handle(self, events: Sequence[StoredEvent]) -> None:
        speaking = list(_speaking())
        if not speaking:
            return
        ids = {event.conversation_id for event in events if event.conversation_id}
        concerned = Conversation.objects.filter(
            pk__in=ids, inbox__in=speaking, status=Conversation.Status.OPEN, is_spam=False
        )
        due = dict.fromkeys(concerned.values_list("pk", flat=True), now())
        if due:
            set_timers(kind=KIND, due=due)
            transaction.on_commit(partial(run_timers_of.delay, str(current_tenant_id())), robust=True)


def _speaking() -> QuerySet[Inbox]:
    is_on = Q()
    for name in ("away", "busy", "waiting", "silence"):
        is_on |= Q(**{f"settings__automatic__{name}__is_on": True})
    return Inbox.objects.filter(is_on, kind=Inbox.Kind.WIDGET, is_enabled=True).only("pk")
