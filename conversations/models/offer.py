"""A conversation offered, or given, to one operator of a team."""

from django.db import models

from tenants.scoping import TenantForeignKey, TenantModel


class Offer(TenantModel):
    """Written under the lock of its team's row only. Those that are over say who was asked before."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        EXPIRED = "expired"
        TAKEN = "taken"
        WITHDRAWN = "withdrawn"
        ASSIGNED = "assigned"

    conversation = TenantForeignKey("conversations.Conversation", models.CASCADE, related_name="offers")
    operator = TenantForeignKey("operators.Operator", models.CASCADE, related_name="+")
    team = TenantForeignKey("operators.Team", models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["tenant", "conversation"],
                name="one_open_offer_per_conversation",
                condition=models.Q(outcome="open"),
            ),
        )
        indexes = (
            models.Index(fields=["tenant", "conversation", "offered_at"], name="offers_of_conversation"),
            models.Index(fields=["tenant", "operator", "-offered_at"], name="offers_of_operator"),
            models.Index(
                fields=["tenant", "team"], name="offers_open_in_team", condition=models.Q(outcome="open")
            ),
        )

    def __str__(self) -> str:
        return f"offer of {self.conversation_id} to {self.operator_id}"
