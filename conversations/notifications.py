"""Reads of what operators were told."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from conversations.models import Notification

# The timer of the mail, and how long somebody has to read it before.
MAIL_DUE: Final = "notification_mail"
PATIENCE: Final = timedelta(minutes=10)


def of_operator(*, operator_id: UUID | None = None) -> QuerySet[Notification]:
    """Return the notifications of an operator, or of all, with what their shape shows; unordered."""
    rows = Notification.objects.select_related("message", "conversation__contact")
    return rows if operator_id is None else rows.filter(operator=operator_id)


def unread_count(*, operator_id: UUID) -> int:
    """Return how many an operator has not read."""
    return Notification.objects.filter(operator=operator_id, read_at=None).count()
