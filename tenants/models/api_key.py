"""A key for programs. Only a hash of it is kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.clock import now
from tenants.scoping import TenantModel


class ApiKey(TenantModel):
    name = models.CharField(max_length=100)
    # Public part, by which the row is found; the secret part is compared by its hash.
    prefix = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    # The previous secret keeps working for a while after a rotation.
    old_secret_hash = models.CharField(max_length=64, blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    permissions = ArrayField(models.CharField(max_length=40))
    created_by = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = (models.Index(fields=["tenant", "-created_at"], name="api_keys_of_tenant"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"
