"""A person at work for one tenant: user x tenant x role."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.clock import now
from tenants.errors import NotFound
from tenants.permissions import ROLE_PERMISSIONS, Actor, ActorKind, Role
from tenants.scoping import TenantId, TenantModel

DEFAULT_MAX_CONVERSATIONS = 4


class Availability(models.TextChoices):
    ONLINE = "online", _("Online")
    AWAY = "away", _("Away")
    OFFLINE = "offline", _("Offline")


class Operator(TenantModel):
    """What one user is and may do at one tenant. Never deleted: messages name their author for ever."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.OPERATOR)
    display_name = models.CharField(max_length=100)
    availability = models.CharField(max_length=8, choices=Availability.choices, default=Availability.OFFLINE)
    # Set because all their pages were closed, not by anybody: whoever comes back is online again.
    is_away_by_itself = models.BooleanField(default=False)
    max_conversations = models.PositiveSmallIntegerField(default=DEFAULT_MAX_CONVERSATIONS)
    # The languages this person answers in; none means any.
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    # Which notices this person wants: see NOTIFICATIONS for the keys and their defaults.
    notifications: models.JSONField[dict[str, bool], dict[str, bool]] = models.JSONField(
        default=dict, blank=True
    )
    last_seen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tenant", "user"], name="operator_once_per_tenant"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def actor(self) -> Actor:
        """The actor this person acts as, with the permissions of their role."""
        return Actor(
            kind=ActorKind.OPERATOR,
            tenant_id=TenantId(self.tenant_id),
            id=self.pk,
            name=self.display_name,
            permissions=ROLE_PERMISSIONS[Role(self.role)],
            language=self.user.language,
        )

    @classmethod
    def locked(cls, *, operator_id: UUID) -> "Operator":
        """Return the operator, its row locked until the transaction ends. Raises NotFound."""
        found = (
            cls.objects.select_for_update(of=("self",)).select_related("user").filter(pk=operator_id).first()
        )
        if found is None:
            raise NotFound
        return found

    def wants(self, notice: str) -> bool:
        """Tell whether this person wants a notice (a key of NOTIFICATIONS)."""
        return self.notifications.get(notice, NOTIFICATIONS[notice])


# Each notice and whether it is on until the person says otherwise.
NOTIFICATIONS: dict[str, bool] = {
    "desktop": True,
    "sound": True,
    # By mail, when it was not read in the inbox: see conversations.notification_mail.
    "mentions": True,
    "daily_report": False,
    "weekly_report": True,
}
