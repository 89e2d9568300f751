"""How a customer's site proves to us who its visitors are: keys of an inbox, and how often they were used."""

import secrets

from django.db import models

from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel
from tenants.sealing import seal, unseal

PURPOSE = "identity_key"


def new_key_id() -> str:
    """Return a key id: public, the ``kid`` in the header of a token."""
    return f"id_{secrets.token_hex(8)}"


class IdentityKey(TenantModel):
    """HS256: a secret, kept sealed. RS256 and EdDSA: a public key as PEM, which is nobody's secret."""

    class Algorithm(models.TextChoices):
        HS256 = "HS256", "HS256"
        RS256 = "RS256", "RS256"
        EDDSA = "EdDSA", "EdDSA"

    inbox = TenantForeignKey("conversations.Inbox", models.CASCADE, related_name="identity_keys")
    key_id = models.CharField(max_length=32, default=new_key_id, editable=False)
    algorithm = models.CharField(max_length=5, choices=Algorithm.choices)
    sealed_secret = models.TextField(blank=True)
    public_key = models.TextField(blank=True)
    created_by = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=["tenant", "key_id"], name="one_identity_key_per_key_id"),
        )
        indexes = (models.Index(fields=["tenant", "inbox", "-created_at"], name="identity_keys_of_inbox"),)

    def __str__(self) -> str:
        return f"{self.key_id} ({self.algorithm})"

    @property
    def _place(self) -> str:
        return f"{self.tenant_id}:{self.pk}"

    def keep_secret(self, secret: str) -> None:
        """Keep the secret of an HS256 key. Not saved yet."""
        self.sealed_secret = seal(secret, purpose=PURPOSE, place=self._place)

    def material(self) -> str:
        """Return what signatures are checked with: the secret, or the public key. Raises SealBrokenError."""
        if self.algorithm == self.Algorithm.HS256:
            return unseal(self.sealed_secret, purpose=PURPOSE, place=self._place)
        return self.public_key


class IdentityCount(TenantModel):
    """What the sites of an inbox said of their visitors on one day (UTC): how often signed, unsigned, refused."""

    inbox = TenantForeignKey("conversations.Inbox", models.CASCADE, related_name="+")
    day = models.DateField()
    signed = models.PositiveIntegerField(default=0)
    unsigned = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # Why the last token was refused (conversations.identity_tokens.Reason).
    last_refusal = models.CharField(max_length=20, blank=True)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=["tenant", "inbox", "day"], name="one_identity_count_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.inbox_id} {self.day}"
