"""What one operator is told beside the conversations themselves: somebody wants them in one of these."""

from django.db import models

from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class Notification(TenantModel):
    class Kind(models.TextChoices):
        MENTION = "mention"
        INVITED = "invited"
        TRANSFER = "transfer"
        # What one wanted to hand over was not taken, and what one had was.
        RETURNED = "returned"
        TAKEN_OVER = "taken_over"

    operator = TenantForeignKey("operators.Operator", models.CASCADE, related_name="+")
    conversation = TenantForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    # What was said with it; None where nothing was.
    message = TenantForeignKey("conversations.Message", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # Who did it: of operators, keys and the system as of messages.
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = (
            models.Index(
                fields=["tenant", "operator", "-created_at", "-id"], name="notifications_of_operator"
            ),
            models.Index(
                fields=["tenant", "operator", "conversation"],
                name="notifications_unread",
                condition=models.Q(read_at__isnull=True),
            ),
            models.Index(fields=["tenant", "conversation"], name="notifications_conversation"),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.operator_id}"
