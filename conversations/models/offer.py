"""A conversation offered, or given, to one operator: by a team, or by the colleague who has it."""

from django.db import models

from tenants.scoping import TenantForeignKey, TenantModel


class Offer(TenantModel):
    """Those that are over say who was asked before.

    An offer of a team is written under the lock of the team's row only. One of a ``sender``, who hands over what is
    theirs, has no team, and is written under the lock of the conversation's row only.
    """

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
    team = TenantForeignKey("operators.Team", models.CASCADE, null=True, related_name="+")
    sender = TenantForeignKey("operators.Operator", models.CASCADE, null=True, related_name="+")
    # What the sender says to the operator: a private note.
    note = TenantForeignKey("conversations.Message", models.CASCADE, null=True, related_name="+")
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
            models.CheckConstraint(
                condition=models.Q(team__isnull=True) | models.Q(sender__isnull=True),
                name="an_offer_of_a_team_or_a_sender",
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
