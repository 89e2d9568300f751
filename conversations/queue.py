"""What a distribution looks at: who waits in a team, and who could take it. Values for ``assignment``."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from conversations.assignment import Asked, Candidate, Waiting, weight_of
from conversations.models import Conversation, Message, Offer
from conversations.presence import who_is_here
from operators.models import Availability, Operator, Team, TeamMember
from tenants.permissions import ROLE_PERMISSIONS, Permission, Role
from tenants.scoping import current_tenant_id

# Who may be given conversations, by role.
ANSWERING_ROLES = [role.value for role in Role if Permission.WRITE_CONVERSATIONS in ROLE_PERMISSIONS[role]]
# Of the conversations that wait so many are looked at, the longest wait first: as many as any team can have room for.
MOST_WAITING = 500


def without_operator() -> QuerySet[Conversation]:
    """Return the conversations that nobody has and whose contact has written and waits for an answer."""
    return Conversation.objects.filter(
        status=Conversation.Status.OPEN, operator=None, is_spam=False, waiting_since__isnull=False
    )


def waiting_in(team: Team) -> list[Waiting]:
    """Return the conversations of a team that wait and are offered to nobody now."""
    offered = Offer.objects.filter(outcome=Offer.Outcome.OPEN).values("conversation_id")
    rows = list(
        without_operator()
        .filter(team=team)
        .exclude(pk__in=offered)
        .select_related("inbox")
        .order_by("waiting_since", "pk")[:MOST_WAITING]
    )
    last = _last_operators(rows) if team.prefers_last_operator else {}
    asked = _asked(rows)
    return [
        Waiting(
            id=row.pk,
            since=row.waiting_since or row.created_at,
            weight=weight_of(row.inbox.kind),
            is_urgent=row.priority == Conversation.Priority.URGENT,
            language=row.language,
            last_operator_id=last.get(row.pk),
            asked=asked[row.pk],
        )
        for row in rows
    ]


def operators_of(team: Team) -> list[Operator]:
    """Return the members of a team who may answer, whether they are there or not.

    Their rows are locked, in one order: whoever is in two teams is not given more than their limit by both at once.
    """
    members = Operator.objects.select_for_update(no_key=True).filter(
        pk__in=TeamMember.objects.filter(team=team).values("operator_id"),
        is_active=True,
        role__in=ANSWERING_ROLES,
    )
    return list(members.order_by("pk"))


def available(operators: Iterable[Operator], *, here: Collection[UUID]) -> set[UUID]:
    """Return who of these is online and has the inbox open."""
    return {one.pk for one in operators if one.availability == Availability.ONLINE and one.pk in here}


def candidates(operators: Collection[Operator], *, here: Collection[UUID]) -> list[Candidate]:
    """Return operators with what they have to do: open conversations, and offers they have not answered yet."""
    ids = [operator.pk for operator in operators]
    there, load = available(operators, here=here), _load(ids)
    latest = Offer.objects.filter(operator=OuterRef("pk")).order_by("-offered_at").values("offered_at")[:1]
    got = dict(Operator.objects.filter(pk__in=ids).values_list("pk", Subquery(latest)))
    return [
        Candidate(
            id=operator.pk,
            is_available=operator.pk in there,
            load=load[operator.pk],
            limit=operator.max_conversations * 100,
            languages=frozenset(operator.languages),
            last_got_at=got[operator.pk],
        )
        for operator in operators
    ]


def is_everybody_busy(*, team: Team | None) -> bool:
    """Tell whether whoever is there, of a team or of all who answer, has as much to do as they may."""
    operators = Operator.objects.filter(is_active=True, role__in=ANSWERING_ROLES)
    if team is not None:
        operators = operators.filter(pk__in=TeamMember.objects.filter(team=team).values("operator_id"))
    here = who_is_here(tenant_id=current_tenant_id(), kind="operator")
    there = [one for one in candidates(list(operators), here=here) if one.is_available]
    return bool(there) and all(one.load >= one.limit for one in there)


def _load(operator_ids: Collection[UUID]) -> defaultdict[UUID, int]:
    """Return what each has to do, in hundredths of a chat.

    One statement, so one snapshot: by two, an offer accepted between them would be in neither.
    """
    held = Conversation.objects.filter(
        operator__in=operator_ids, status=Conversation.Status.OPEN, is_spam=False
    ).values_list("operator_id", "inbox__kind")
    offered = Offer.objects.filter(operator__in=operator_ids, outcome=Offer.Outcome.OPEN).values_list(
        "operator_id", "conversation__inbox__kind"
    )
    counts = held.annotate(count=Count("pk")).union(offered.annotate(count=Count("pk")), all=True)
    load: defaultdict[UUID, int] = defaultdict(int)
    for operator_id, kind, count in counts:
        load[operator_id] += weight_of(kind) * count
    return load


def _asked(rows: Collection[Conversation]) -> dict[UUID, dict[UUID, Asked]]:
    """Return who was asked for each conversation since it waits: an earlier wait does not count."""
    since: dict[UUID, datetime] = {row.pk: row.waiting_since or row.created_at for row in rows}
    asked: dict[UUID, dict[UUID, Asked]] = {row.pk: {} for row in rows}
    offers = Offer.objects.filter(conversation__in=list(since)).exclude(outcome=Offer.Outcome.OPEN)
    for offer in offers.order_by("offered_at"):
        if offer.offered_at < since[offer.conversation_id]:
            continue
        known = asked[offer.conversation_id]
        before = known[offer.operator_id].times if offer.operator_id in known else 0
        known[offer.operator_id] = Asked(times=before + 1, over_at=offer.ended_at or offer.expires_at)
    return asked


def _last_operators(rows: Collection[Conversation]) -> dict[UUID, UUID]:
    """Return who answered last: in the conversation itself, else in the contact's latest other one."""
    ids = [row.pk for row in rows]
    replies = (
        Message.objects.filter(conversation=OuterRef("pk"), author_kind="operator", kind=Message.Kind.REPLY)
        .order_by("-operators_position")
        .values("author_id")[:1]
    )
    others = (
        Conversation.objects.filter(contact=OuterRef("contact"), operator__isnull=False)
        .order_by("-created_at")
        .values("operator_id")[:1]
    )
    found = Conversation.objects.filter(pk__in=ids).values_list("pk", Subquery(replies), Subquery(others))
    return {pk: own or other for pk, own, other in found if own or other}
