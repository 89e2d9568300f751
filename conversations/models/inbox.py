"""A configured entrance: this widget, that address."""

import secrets
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.clock import now
from tenants.hours import BusinessHours
from tenants.models import Tenant
from tenants.scoping import TenantForeignKey, TenantModel


def new_inbox_key() -> str:
    """Return a public key of 22 URL-safe characters (128 bits)."""
    return secrets.token_urlsafe(16)


class Inbox(TenantModel):
    class Kind(models.TextChoices):
        WIDGET = "widget", _("Website widget")
        EMAIL = "email", _("E-mail address")

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.WIDGET)
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=32, unique=True, default=new_inbox_key, editable=False)
    language = models.CharField(max_length=8, default="en")
    team = TenantForeignKey("operators.Team", models.SET_NULL, null=True, blank=True, related_name="+")
    is_enabled = models.BooleanField(default=True)
    # Sites that may embed the widget, as host names; empty means any.
    allowed_domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    snippet_seen_at = models.DateTimeField(null=True, blank=True)
    snippet_seen_host = models.CharField(max_length=253, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        verbose_name_plural = "inboxes"
        indexes = (models.Index(fields=["tenant", "created_at"], name="inboxes_of_tenant"),)

    def __str__(self) -> str:
        return self.name

    def setting(self, name: str, default: Any = None) -> Any:
        return self.settings.get(name, default)

    def hours(self, tenant: Tenant) -> BusinessHours:
        """Return the inbox's own hours, else those of its team, else the tenant's."""
        own = self.settings.get("business_hours") or (self.team and self.team.business_hours)
        return BusinessHours.from_json(own, default_zone=tenant.time_zone) if own else tenant.hours
