"""Telling operators of something that concerns them, and their having read it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from conversations.events import NotificationMade, NotificationRead
from conversations.models import Conversation, Notification
from conversations.notifications import MAIL_DUE, PATIENCE, of_operator, unread_count
from conversations.present import notification_shape
from conversations.shapes import AuthorShape
from operators.models import Operator
from tenants.clock import now
from tenants.errors import NotFound
from tenants.events import broadcast
from tenants.permissions import Actor, ActorKind, Permission, require
from tenants.scoping import current_tenant_id
from tenants.timers import set_timers


@transaction.atomic
def notify(
    *,
    by: AuthorShape,
    operator_ids: Collection[UUID],
    conversation_id: UUID,
    kind: Notification.Kind,
    message_id: UUID | None = None,
    at: datetime | None = None,
) -> Sequence[Notification]:
    """Tell operators that ``by`` did something that concerns them; whoever left or did it themselves is left out.

    ``at`` is when it was done; whether it may be was asked before. Those who have not read it after a while get it by
    mail.
    """
    told = Operator.objects.filter(pk__in=operator_ids, is_active=True)
    if by["kind"] == "operator" and by["id"]:
        told = told.exclude(pk=by["id"])
    made = Notification.objects.bulk_create(
        Notification(
            tenant_id=current_tenant_id(),
            operator=operator,
            conversation_id=conversation_id,
            message_id=message_id,
            kind=kind,
            by_kind=by["kind"],
            by_id=by["id"],
            by_name=by["name"],
            created_at=at or now(),
        )
        for operator in told.order_by("pk")
    )
    set_timers(kind=MAIL_DUE, due={one.pk: one.created_at + PATIENCE for one in made})
    for one in of_operator().filter(pk__in=[one.pk for one in made]).order_by("operator"):
        broadcast(
            NotificationMade(
                operator_id=one.operator_id,
                notification=notification_shape(one),
                unread_count=unread_count(operator_id=one.operator_id),
            )
        )
    return made


@transaction.atomic
def read_notification(*, actor: Actor, notification_id: UUID) -> Notification:
    """Note that the actor has read one of their own notifications; once more is the same.

    Raises PermissionDenied, and NotFound for one that is not theirs.
    """
    require(actor, Permission.READ_CONVERSATIONS)
    if actor.kind is not ActorKind.OPERATOR:
        raise NotFound()
    _read(actor, Notification.objects.filter(pk=notification_id))
    found = of_operator(operator_id=actor.id).filter(pk=notification_id).first()
    if found is None:
        raise NotFound()
    return found


@transaction.atomic
def read_notifications(*, actor: Actor, conversation_id: UUID | None = None) -> int:
    """Note that the actor has read all their notifications, or those of one conversation. Returns what is left.

    Raises PermissionDenied, and NotFound when there is no such conversation.
    """
    require(actor, Permission.READ_CONVERSATIONS)
    if conversation_id is not None and not Conversation.objects.filter(pk=conversation_id).exists():
        raise NotFound()
    if actor.kind is not ActorKind.OPERATOR or actor.id is None:
        return 0
    rows = Notification.objects.all()
    _read(actor, rows if conversation_id is None else rows.filter(conversation=conversation_id))
    return unread_count(operator_id=actor.id)


def _read(actor: Actor, rows: QuerySet[Notification]) -> None:
    """Mark the actor's own unread ones among ``rows`` as read, and tell their pages."""
    assert actor.id is not None  # noqa: S101 - an operator has an id
    # Locked in one order: two pages of one person may say it at the same time.
    unread = rows.filter(operator=actor.id, read_at=None).order_by("pk").select_for_update(no_key=True)
    ids = list(unread.values_list("pk", flat=True))
    if not ids:
        return
    Notification.objects.filter(pk__in=ids).update(read_at=now())
    broadcast(
        NotificationRead(
            operator_id=actor.id, notification_ids=ids, unread_count=unread_count(operator_id=actor.id)
        )
    )
