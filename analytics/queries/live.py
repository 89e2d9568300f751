"""The live wall: what is going on now, read from the conversations themselves, and today's figures."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from analytics.metrics import Hours, Metric
from analytics.periods import Preset, preset_period
from analytics.queries.figures import figures
from analytics.queries.ranges import By
from analytics.queries.shapes import EVERYTHING, Filters, Live, LiveOperator
from conversations.models import Conversation
from operators.models import Availability, Operator
from tenants.clock import now
from tenants.models.tenant import Tenant
from tenants.permissions import Role
from tenants.scoping import current_tenant_id

_ORDER = {Availability.ONLINE: 0, Availability.AWAY: 1, Availability.OFFLINE: 2}
OPEN = Q(status=Conversation.Status.OPEN)
IS_WAITING = OPEN & Q(waiting_since__isnull=False)


def live(*, filters: Filters = EVERYTHING) -> Live:
    """Return the live wall of the tenant. Waiting: a contact wrote and no person has answered yet."""
    at = now()
    wall = _conversations(filters).aggregate(
        waiting=Count("pk", filter=IS_WAITING & Q(first_reply_at__isnull=True)),
        oldest=Min("waiting_since", filter=IS_WAITING),
        active=Count("pk", filter=OPEN & Q(operator__isnull=False)),
        active_waiting=Count("pk", filter=IS_WAITING & Q(operator__isnull=False)),
        unassigned=Count("pk", filter=OPEN & Q(operator__isnull=True)),
        pending=Count("pk", filter=Q(status=Conversation.Status.PENDING)),
        snoozed=Count("pk", filter=Q(status=Conversation.Status.SNOOZED)),
    )
    oldest: datetime | None = wall.pop("oldest")
    people = _operators(filters)
    time_zone = Tenant.objects.values_list("time_zone", flat=True).get(pk=current_tenant_id())
    today = figures(
        by=By.ALL,
        metrics=(Metric.NEW, Metric.RESOLVED, Metric.FIRST_RESPONSE, Metric.ASKED, Metric.RATED),
        period=preset_period(preset=Preset.TODAY, time_zone=time_zone, now=at),
        filters=filters,
        hours=Hours.CALENDAR,
    )
    on_duty = [person for person in people if person.availability == Availability.ONLINE]
    room = sum(person.limit for person in on_duty)
    return Live(
        at=at,
        longest_wait=max(0.0, (at - oldest).total_seconds()) if oldest else None,
        online=len(on_duty),
        away=sum(person.availability == Availability.AWAY for person in people),
        offline=sum(person.availability == Availability.OFFLINE for person in people),
        load=100 * sum(person.active for person in on_duty) / room if room else None,
        operators=people,
        new_today=today.count(Metric.NEW),
        resolved_today=today.count(Metric.RESOLVED),
        first_response_today=today.timing(Metric.FIRST_RESPONSE),
        satisfaction_today=today.score(),
        **wall,
    )


def _conversations(filters: Filters) -> QuerySet[Conversation]:
    found = Conversation.objects.filter(is_spam=False).exclude(status=Conversation.Status.RESOLVED)
    for field in ("inbox_id", "operator_id", "team_id"):
        if (chosen := getattr(filters, field)) is not None:
            found = found.filter(**{field: chosen})
    return found


def _operators(filters: Filters) -> tuple[LiveOperator, ...]:
    """Return who is at work: the available first, the busiest first among them."""
    busy: dict[UUID | None, tuple[int, int]] = {
        row["operator_id"]: (row["active"], row["waiting"])
        for row in _conversations(filters)
        .filter(OPEN, operator__isnull=False)
        .order_by()
        .values("operator_id")
        .annotate(active=Count("pk"), waiting=Count("pk", filter=IS_WAITING))
    }
    people = [
        LiveOperator(
            id=operator.pk,
            name=operator.display_name,
            availability=operator.availability,
            active=busy.get(operator.pk, (0, 0))[0],
            waiting=busy.get(operator.pk, (0, 0))[1],
            limit=operator.max_conversations,
        )
        for operator in Operator.objects.filter(is_active=True).exclude(role=Role.VIEWER)
    ]
    return tuple(
        sorted(people, key=lambda one: (_ORDER[Availability(one.availability)], -one.active, one.name))
    )
