"""Who is kept out: a contact, with the addresses they came from, or a network."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class Block(TenantModel):
    """Either ``contact`` or ``network`` is set. ``expires_at`` None: until it is lifted."""

    contact = TenantForeignKey(
        "conversations.Contact", models.CASCADE, null=True, blank=True, related_name="+"
    )
    # Addresses are known as hashes only (see conversations.blocks).
    address_hashes = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    # In CIDR notation, as somebody wrote it: 203.0.113.0/24.
    network = models.CharField(max_length=50, blank=True)
    note = models.CharField(max_length=200, blank=True)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(contact__isnull=False, network="")
                | (models.Q(contact__isnull=True) & ~models.Q(network="")),
                name="a_contact_or_a_network",
            ),
            models.UniqueConstraint(fields=["tenant", "contact"], name="one_block_per_contact"),
            models.UniqueConstraint(
                fields=["tenant", "network"], name="one_block_per_network", condition=~models.Q(network="")
            ),
        )

    def __str__(self) -> str:
        return self.network or f"block of {self.contact_id}"
