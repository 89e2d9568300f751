"""A filter's tree as a query: what each condition asks of a conversation's row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from conversations.filter_tree import ME, NONE, Condition, Group, mentions
from conversations.models import Contact, ContactTag, ConversationTag, Inbox
from conversations.text import words_of
from tenants.clock import now
from tenants.models import Tenant
from tenants.permissions import Actor
from tenants.scoping import current_tenant_id

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """For whom, when and where a filter is asked: who "me" is, and when a day begins."""

    operator_id: UUID | None
    at: datetime
    zone: ZoneInfo


def asker_of(actor: Actor, *, tree: Group) -> Asker:
    """Return the asker of a tree now. Days are those of the tenant, which is asked for only when there are some."""
    zone = "UTC"
    if mentions(tree, "created") or mentions(tree, "updated"):
        zone = Tenant.objects.values_list("time_zone", flat=True).get(pk=current_tenant_id())
    return Asker(operator_id=actor.id, at=now(), zone=ZoneInfo(zone))


def as_query(tree: Group, *, asker: Asker) -> Q:
    """Return what a tree asks of conversations. Inside a tenant's scope only: tags and inboxes are the tenant's."""
    made = Q()
    for part in tree.parts:
        one = as_query(part, asker=asker) if isinstance(part, Group) else _condition(part, asker)
        made = made & one if tree.joined == "all" else made | one
    return made


def _condition(condition: Condition, asker: Asker) -> Q:
    asked = _ASKED[condition.field](condition, asker)
    return ~asked if condition.op in ("is_not", "has_not") else asked


def _among(column: str, values: Any) -> Q:
    """One value is asked for by equality, so that the list's own indexes keep their order."""
    return Q(**{column: values[0]}) if len(values) == 1 else Q(**{f"{column}__in": values})


def _column(name: str) -> Callable[[Condition, Asker], Q]:
    def asked(condition: Condition, asker: Asker) -> Q:
        return _among(name, condition.value)

    return asked


def _nullable(name: str) -> Callable[[Condition, Asker], Q]:
    def asked(condition: Condition, asker: Asker) -> Q:
        values = cast("tuple[str, ...]", condition.value)
        ids = [asker.operator_id if one == ME else one for one in values if one != NONE]
        known = [one for one in ids if one is not None]
        nobody = Q(**{f"{name}__isnull": True})
        if not known:
            # "me", asked by somebody who is no operator, is nobody's.
            return nobody if NONE in values else Q(pk__in=())
        # The column is named twice so that "is not" holds where there is none.
        somebody = _among(name, known) & Q(**{f"{name}__isnull": False})
        return nobody | somebody if NONE in values else somebody

    return asked


def _tagged(condition: Condition, asker: Asker) -> Q:
    links = ConversationTag.objects.filter(_among("tag_id", condition.value), conversation_id=OuterRef("pk"))
    return Q(Exists(links))


def _contact_tagged(condition: Condition, asker: Asker) -> Q:
    links = ContactTag.objects.filter(_among("tag_id", condition.value), contact_id=OuterRef("contact_id"))
    return Q(Exists(links))


def _channel(condition: Condition, asker: Asker) -> Q:
    return Q(inbox_id__in=Inbox.objects.filter(_among("kind", condition.value)).values("pk"))


def _contact(condition: Condition, asker: Asker) -> Q:
    rows = Contact.objects.all()
    for word in words_of(str(condition.value)):
        rows = rows.filter(search_text__contains=word)
    return Q(contact_id__in=rows.values("pk"))


def _unread(condition: Condition, asker: Asker) -> Q:
    return Q(unread_count__gt=0) if condition.value else Q(unread_count=0)


def _spam(condition: Condition, asker: Asker) -> Q:
    return Q(is_spam=bool(condition.value))


def _waiting(condition: Condition, asker: Asker) -> Q:
    since = asker.at - timedelta(minutes=cast("int", condition.value))
    return Q(waiting_since__isnull=False) & Q(waiting_since__lt=since)


def _moment(column: str) -> Callable[[Condition, Asker], Q]:
    def asked(condition: Condition, asker: Asker) -> Q:
        if isinstance(condition.value, date):
            if condition.op == "before":
                return Q(**{f"{column}__lt": _midnight(condition.value, asker)})
            return Q(**{f"{column}__gte": _midnight(condition.value + DAY, asker)})
        return Q(**{f"{column}__gte": asker.at - cast("int", condition.value) * DAY})

    return asked


def _midnight(day: date, asker: Asker) -> datetime:
    return datetime.combine(day, time.min, tzinfo=asker.zone)


_ASKED: Final[dict[str, Callable[[Condition, Asker], Q]]] = {
    "status": _column("status"),
    "inbox": _column("inbox_id"),
    "operator": _nullable("operator_id"),
    "team": _nullable("team_id"),
    "tag": _tagged,
    "contact_tag": _contact_tagged,
    "priority": _column("priority"),
    "language": _column("language"),
    "channel": _channel,
    "unread": _unread,
    "spam": _spam,
    "waiting": _waiting,
    "created": _moment("created_at"),
    "updated": _moment("last_activity_at"),
    "contact": _contact,
}
