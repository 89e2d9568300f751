"""Teams: who answers what together."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models.functions import Lower

from operators.models.operator import Operator
from tenants.clock import now
from tenants.errors import NotFound
from tenants.scoping import TenantForeignKey, TenantModel


class Team(TenantModel):
    name = models.CharField(max_length=100)
    members = models.ManyToManyField(Operator, through="TeamMember", related_name="teams")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("tenant", Lower("name"), name="team_name_once_per_tenant"),
        ]

    @classmethod
    def found(cls, *, team_id: UUID) -> "Team":
        """Return the team. Raises NotFound."""
        team = cls.objects.filter(pk=team_id).first()
        if team is None:
            raise NotFound
        return team

    def __str__(self) -> str:
        return self.name


class TeamMember(TenantModel):
    team = TenantForeignKey(Team, related_name="memberships")
    operator = TenantForeignKey(Operator, related_name="memberships")

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tenant", "team", "operator"], name="team_member_once"),
        ]
