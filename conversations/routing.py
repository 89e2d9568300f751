"""Noticing that there may be something to give out, or somebody to give it to."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from conversations.actions.distribute import KIND as DISTRIBUTE
from conversations.models import Conversation
from conversations.tasks import run_timers_of
from operators.models import AssignmentMode, Team, TeamMember
from tenants.clock import now
from tenants.events import Reader, StoredEvent
from tenants.scoping import current_tenant_id
from tenants.timers import set_timers

ROUTE = "route_conversation"
# What can make a conversation wait, or an operator free, by conversation; and by operator.
OF_CONVERSATIONS = (
    "message.created", "conversation.assigned", "conversation.resolved", "conversation.reopened",
    "conversation.marked_pending", "conversation.snoozed", "conversation.marked_spam", "conversation.prioritised",
)  # fmt: skip
OF_OPERATORS = ("offer.ended", "operator.availability_changed", "operator.deactivated")


class Routing(Reader):
    """Sets the timers of the teams concerned. What is to be done is decided where they run, on what is true then.

    So neither is a message slower for it, nor does this reader wait for a lock of a team or a conversation.
    """

    name = "routing"
    types = (*OF_CONVERSATIONS, *OF_OPERATORS)
    bodiless = OF_CONVERSATIONS

    def handle(self, events: Sequence[StoredEvent]) -> None:
        automatic, has_regions = _teams()
        if not automatic and not has_regions:
            return
        reopened = {event.conversation_id for event in events if event.type == "conversation.reopened"}
        ids = {event.conversation_id for event in events if event.conversation_id}
        operators = {UUID(str(e.body["operator_id"])) for e in events if e.type in OF_OPERATORS}
        teams: set[UUID] = set()
        routed: set[UUID] = set()
        for row in Conversation.objects.filter(pk__in=ids):
            if row.operator_id:
                operators.add(row.operator_id)
                if row.pk in reopened and row.team_id in automatic:
                    routed.add(row.pk)
            elif row.team_id is None:
                routed.add(row.pk)
            if row.team_id in automatic:
                teams.add(row.team_id)
        members = TeamMember.objects.filter(operator__in=operators, team__in=automatic)
        teams |= set(members.values_list("team_id", flat=True))
        moment = now()
        set_timers(kind=DISTRIBUTE, due=dict.fromkeys(teams, moment))
        set_timers(kind=ROUTE, due=dict.fromkeys(routed, moment))
        if teams or routed:
            transaction.on_commit(partial(run_timers_of.delay, str(current_tenant_id())), robust=True)


def _teams() -> tuple[set[UUID], bool]:
    """Return the teams that give their conversations out, and whether some team is there for a language or country."""
    rows = list(
        Team.objects.filter(
            ~Q(assignment_mode=AssignmentMode.MANUAL) | ~Q(languages=[]) | ~Q(countries=[])
        ).values_list("pk", "assignment_mode", "languages", "countries")
    )
    automatic = {pk for pk, mode, _languages, _countries in rows if mode != AssignmentMode.MANUAL}
    return automatic, any(languages or countries for _pk, _mode, languages, countries in rows)
