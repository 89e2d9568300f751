"""What a provider delivered, kept before it is answered, so that it is processed exactly once."""

from django.db import models

from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class InboundReceipt(TenantModel):
    inbox = TenantForeignKey("conversations.Inbox", models.CASCADE, related_name="+")
    provider_id = models.CharField(max_length=250)
    payload = models.JSONField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    processed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["tenant", "inbox", "provider_id"], name="one_receipt_per_provider_id"
            ),
        )
        indexes = (
            models.Index(
                fields=["tenant", "received_at"],
                name="receipts_unprocessed",
                condition=models.Q(processed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.provider_id
