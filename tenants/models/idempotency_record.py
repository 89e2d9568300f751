"""What a request with an ``Idempotency-Key`` was answered, so that a repetition gets the same answer."""

from django.db import models

from tenants.clock import now
from tenants.scoping import TenantModel


class IdempotencyRecord(TenantModel):
    """Written in the transaction of what it stands for: a refused request leaves none."""

    # Who asked (Actor.reference): two keys of one tenant do not meet.
    principal = models.CharField(max_length=60)
    key_hash = models.CharField(max_length=64)
    # SHA-256 of method, address and content: the same key with other content is a mistake.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    # None also where the answer held a secret, which is never kept.
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["tenant", "principal", "key_hash"], name="one_answer_per_idempotency_key"
            ),
        )
        indexes = (models.Index(fields=["tenant", "created_at"], name="idempotency_by_age"),)

    def __str__(self) -> str:
        return f"{self.principal} {self.key_hash[:8]}"
