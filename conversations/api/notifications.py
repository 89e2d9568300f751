"""What one was told: somebody wants oneself in a conversation."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from conversations.actions.notify import read_notification, read_notifications
from conversations.api.bodies import NotificationQuery, ReadNotifications
from conversations.api.shapes import NotificationPageShape, UnreadNotificationsShape
from conversations.models import Notification
from conversations.notifications import of_operator, unread_count
from conversations.present import notification_shape
from conversations.shapes import NotificationShape
from tenants.api.fields import Nothing
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.permissions import ActorKind, Permission


class NotificationList(TenantAPIView):
    chapter = "Notifications"

    @operation(
        "list_notifications",
        "List one's own notifications",
        permission=Permission.READ_CONVERSATIONS,
        query=NotificationQuery,
        gives=NotificationPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """For operators, the newest first; a key is told nothing."""
        if self.actor.kind is not ActorKind.OPERATOR or self.actor.id is None:
            return {"results": [], "next": None, "unread_count": 0}
        rows = of_operator(operator_id=self.actor.id)
        if query.get("is_unread"):
            rows = rows.filter(read_at=None)
        page = listing(rows, order=("-created_at", "-pk"), query=query, shape=notification_shape)
        return {**page, "unread_count": unread_count(operator_id=self.actor.id)}


class ReadNotification(TenantAPIView):
    chapter = "Notifications"

    @operation(
        "read_notification",
        "Mark a notification as read",
        permission=Permission.READ_CONVERSATIONS,
        body=Nothing,
        gives=NotificationShape,
        refuses=(404,),
    )
    def post(self, request: Request, notification_id: UUID, body: dict[str, Any]) -> Any:
        """One's own only."""
        read: Notification = read_notification(actor=self.actor, notification_id=notification_id)
        return notification_shape(read)


class ReadNotificationsView(TenantAPIView):
    chapter = "Notifications"

    @operation(
        "read_notifications",
        "Mark one's notifications as read",
        permission=Permission.READ_CONVERSATIONS,
        body=ReadNotifications,
        gives=UnreadNotificationsShape,
        refuses=(404,),
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        """All of them, or those of one conversation."""
        return {"unread_count": read_notifications(actor=self.actor, **body)}
