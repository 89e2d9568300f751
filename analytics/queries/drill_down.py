"""Every number leads to its conversations: the measurements a figure is the sum of."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractHour, ExtractIsoWeekDay

from analytics.metrics import Metric
from analytics.models import ConversationFact, Measurement
from analytics.periods import Period
from analytics.queries.shapes import EVERYTHING, Filters
from conversations.models import Conversation

PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which measurements a number stands for.

    ``since`` and ``until`` narrow the period to one point of a series; ``weekday`` (1 Monday) and
    ``hour`` to a cell of the heat map; ``in_hours`` and ``score`` to a part of a tile.
    """

    metric: Metric
    period: Period
    filters: Filters = EVERYTHING
    since: datetime | None = None
    until: datetime | None = None
    in_hours: bool | None = None
    score: int | None = None
    weekday: int | None = None
    hour: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One measurement and its conversation; ``seconds`` for durations, ``score`` for ratings.

    The texts are empty and ``is_gone`` is true when the conversation was erased.
    """

    conversation_id: UUID
    at: datetime
    seconds: float | None
    business_seconds: float | None
    score: int | None
    contact: str = ""
    text: str = ""
    operator: str = ""
    inbox: str = ""
    status: str = ""
    is_gone: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``total`` counts measurements: a conversation resolved twice stands in the list twice."""

    rows: tuple[Behind, ...]
    total: int
    has_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a batch ended."""

    at: datetime
    pk: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """``end`` is where the next one begins; None after the last."""

    rows: tuple[Behind, ...]
    end: Mark | None


def count_behind(*, selection: Selection) -> int:
    """Return how many measurements a number counts."""
    return _everything(selection).count()


def batch_behind(*, selection: Selection, after: Mark | None = None, limit: int) -> Batch:
    """Return the next ``limit`` of what a number counts, the newest first: by its place, however deep."""
    found = _everything(selection)
    if after is not None:
        found = found.filter(
            Q(moment__lt=after.at) | Q(moment=after.at, pk__lt=after.pk), moment__lte=after.at
        )
    rows = list(found.order_by("-moment", "-pk")[:limit])
    end = Mark(at=rows[-1].moment, pk=rows[-1].pk) if len(rows) == limit else None
    if selection.metric is Metric.OPEN:
        return Batch(rows=_described([_opened(fact) for fact in rows]), end=end)
    return Batch(rows=_described(rows), end=end)


def _everything(selection: Selection) -> QuerySet[Any]:
    """Return the measurements, or the conversations that are open, each with its ``moment``."""
    if selection.metric is Metric.OPEN:
        return _open_facts(selection).annotate(moment=Coalesce("first_contact_message_at", "opened_at"))
    return _measurements(selection).annotate(moment=F("at"))


def conversations_behind(
    *, selection: Selection, slowest_first: bool = False, offset: int = 0, limit: int = PAGE
) -> Page:
    """Return a page of what a number counts: the newest first, or the longest first."""
    if selection.metric is Metric.OPEN:
        return _open_at_end(selection, offset=offset, limit=limit)
    found = _measurements(selection)
    order = ("-milliseconds", "-at", "-pk") if slowest_first else ("-at", "-pk")
    rows = list(found.order_by(*order)[offset : offset + limit])
    total = found.count()
    return Page(rows=_described(rows), total=total, has_next=offset + len(rows) < total)


def _measurements(selection: Selection) -> QuerySet[Measurement]:
    period = selection.period
    found = Measurement.objects.filter(
        is_counted=True,
        metric=selection.metric,
        at__gte=selection.since or period.start,
        at__lt=min(selection.until or period.until, period.until),
    )
    for field in ("inbox_id", "operator_id", "team_id"):
        if (chosen := getattr(selection.filters, field)) is not None:
            found = found.filter(**{field: chosen})
    if selection.in_hours is not None:
        found = found.filter(in_hours=selection.in_hours)
    if selection.score is not None:
        found = found.filter(value=selection.score)
    if selection.weekday is not None:
        found = found.annotate(weekday=ExtractIsoWeekDay("at", tzinfo=period.zone)).filter(
            weekday=selection.weekday
        )
    if selection.hour is not None:
        found = found.annotate(hour=ExtractHour("at", tzinfo=period.zone)).filter(hour=selection.hour)
    return found


def _open_at_end(selection: Selection, *, offset: int, limit: int) -> Page:
    facts = _open_facts(selection).order_by("-first_contact_message_at", "-pk")
    rows = [_opened(fact) for fact in facts[offset : offset + limit]]
    total = facts.count()
    return Page(rows=_described(rows), total=total, has_next=offset + len(rows) < total)


def _opened(fact: ConversationFact) -> Measurement:
    return Measurement(
        conversation_id=fact.conversation_id,
        metric=Metric.OPEN,
        at=fact.first_contact_message_at or fact.opened_at,
    )


def _open_facts(selection: Selection) -> QuerySet[ConversationFact]:
    """Conversations open at the end: those of now, without the changes since then."""
    moment = selection.until or selection.period.until
    is_open = ConversationFact.objects.filter(
        is_resolved=False, is_spam=False, first_contact_message_at__isnull=False
    )
    changes = Measurement.objects.filter(is_counted=True, metric=Metric.OPEN, at__gte=moment)
    for field in ("inbox_id", "operator_id", "team_id"):
        if (chosen := getattr(selection.filters, field)) is not None:
            is_open, changes = is_open.filter(**{field: chosen}), changes.filter(**{field: chosen})
    since = dict(changes.order_by().values_list("conversation_id").annotate(change=Sum("value")))
    now_open = set(is_open.values_list("conversation_id", flat=True))
    then_open = [key for key in now_open | since.keys() if (key in now_open) - since.get(key, 0) == 1]
    return ConversationFact.objects.filter(conversation_id__in=then_open)


def _described(rows: list[Measurement]) -> tuple[Behind, ...]:
    known = {
        conversation.pk: conversation
        for conversation in Conversation.objects.filter(
            pk__in={row.conversation_id for row in rows}
        ).select_related("contact", "operator", "inbox")
    }
    return tuple(_behind(row, known.get(row.conversation_id)) for row in rows)


def _behind(row: Measurement, conversation: Conversation | None) -> Behind:
    plain = Behind(
        conversation_id=row.conversation_id,
        at=row.at,
        seconds=row.milliseconds / 1000 if row.milliseconds is not None else None,
        business_seconds=row.business_milliseconds / 1000 if row.business_milliseconds is not None else None,
        score=row.value if row.metric == Metric.RATED else None,
    )
    if conversation is None:
        return plain
    return replace(
        plain,
        contact=conversation.contact.display_name,
        text=conversation.subject or conversation.last_message_text,
        operator=conversation.operator.display_name if conversation.operator else "",
        inbox=conversation.inbox.name,
        status=conversation.status,
        is_gone=False,
    )
