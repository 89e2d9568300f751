"""An invitation to join a tenant, sent to one e-mail address."""

import hashlib
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from operators.models.operator import Operator
from operators.models.team import Team
from tenants.clock import now
from tenants.errors import NotFound
from tenants.permissions import Role
from tenants.scoping import TenantForeignKey, TenantModel


class Invitation(TenantModel):
    """Only the token's hash is kept: the link exists in the mail alone."""

    email = models.EmailField()
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.OPERATOR)
    team = TenantForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, db_index=True)
    invited_by = TenantForeignKey(Operator, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["tenant", "email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_per_address",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["tenant", "-created_at"], name="invitation_by_tenant"),
        ]

    def __str__(self) -> str:
        return self.email

    @classmethod
    def locked(cls, *, invitation_id: UUID) -> "Invitation":
        """Return the invitation, its row locked until the transaction ends. Raises NotFound."""
        found = cls.objects.select_for_update().filter(pk=invitation_id).first()
        if found is None:
            raise NotFound
        return found

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= now()


def token_hash(token: str) -> str:
    """Return what is stored of an invitation's token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
