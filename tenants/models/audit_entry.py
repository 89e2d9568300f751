"""Who changed or took away what. Append-only: the application's role may insert and read."""

from django.db import models

from tenants.clock import now
from tenants.scoping import TenantModel


class AuditEntry(TenantModel):
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=100)
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=120, blank=True)
    changes = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        indexes = (models.Index(fields=["tenant", "-created_at", "-id"], name="audit_of_tenant"),)

    def __str__(self) -> str:
        return f"{self.actor} {self.action} {self.target}"
