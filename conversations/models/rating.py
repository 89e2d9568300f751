"""How it went, in the contact's words: one rating per resolution."""

from django.db import models

from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class Rating(TenantModel):
    """A survey that was asked. ``score`` is None until it is answered (1 worst to 5 best)."""

    conversation = TenantForeignKey("conversations.Conversation", models.CASCADE, related_name="ratings")
    # The count of resolutions it belongs to: a conversation resolved again may be rated again.
    resolution = models.PositiveIntegerField()
    operator = TenantForeignKey("operators.Operator", models.SET_NULL, null=True, related_name="+")
    score = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True, max_length=1000)
    asked_by = models.CharField(max_length=10, default="widget")
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["tenant", "conversation", "resolution"], name="one_rating_per_resolution"
            ),
        )
        indexes = (models.Index(fields=["tenant", "-answered_at"], name="ratings_of_tenant"),)

    def __str__(self) -> str:
        return f"{self.score} for {self.conversation_id}"
