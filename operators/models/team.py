"""Teams: who answers what together."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from operators.models.operator import Operator
from tenants.clock import now
from tenants.errors import NotFound
from tenants.scoping import TenantForeignKey, TenantModel

DEFAULT_OFFER_SECONDS = 20


class AssignmentMode(models.TextChoices):
    MANUAL = "manual"
    ROUND_ROBIN = "round_robin"
    LEAST_BUSY = "least_busy"


class Team(TenantModel):
    name = models.CharField(max_length=100)
    # How its conversations find an operator: see conversations.assignment.
    assignment_mode = models.CharField(
        max_length=12, choices=AssignmentMode.choices, default=AssignmentMode.MANUAL
    )
    # How long somebody may think about an offer; 0 gives conversations out without asking.
    offer_seconds = models.PositiveSmallIntegerField(default=DEFAULT_OFFER_SECONDS)
    prefers_last_operator = models.BooleanField(default=False)
    # Whether its conversations are resolved only with a tag: see conversations.actions.resolve.
    requires_tag = models.BooleanField(default=False)
    # Conversations without a team come to one that is there for their language and country; empty means any.
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    # Its own (see tenants.hours); None: those of the business.
    business_hours = models.JSONField(null=True, blank=True)
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
