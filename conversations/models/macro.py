"""Several things done to a conversation at once."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from conversations.models.conversation import Conversation
from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class Macro(TenantModel):
    """What is empty is left as it is. Done in this order: note, tags, priority, assignment, reply, status."""

    class Assigns(models.TextChoices):
        NOTHING = ""
        ME = "me"
        NOBODY = "nobody"
        OPERATOR = "operator"
        TEAM = "team"

    name = models.CharField(max_length=100)
    # Who sees it: everybody, or the members of a team.
    team = TenantForeignKey("operators.Team", models.CASCADE, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    # Added to those the conversation has.
    tags = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    priority = models.CharField(max_length=10, choices=Conversation.Priority.choices, blank=True)
    assigns = models.CharField(max_length=10, choices=Assigns.choices, blank=True)
    to_operator = TenantForeignKey(
        "operators.Operator", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    to_team = TenantForeignKey("operators.Team", models.SET_NULL, null=True, blank=True, related_name="+")
    reply = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Conversation.Status.choices, blank=True)
    snooze_hours = models.PositiveSmallIntegerField(default=24)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=["tenant", "name"], name="one_macro_per_name"),)

    def __str__(self) -> str:
        return self.name
