"""What is known of one conversation's course: the state its events are folded into."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.scoping import TenantModel


class ConversationFact(TenantModel):
    """One row a conversation; the fields are those of ``analytics.projections.state.ConversationState``.

    It holds no text and no foreign keys: the figures outlive a conversation that was erased.
    Times are moments, ``_ms`` durations in milliseconds, ``_business_ms`` the part of them inside
    business hours.
    """

    conversation_id = models.UUIDField()
    inbox_id = models.UUIDField()
    operator_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    language = models.CharField(max_length=8, blank=True)
    opened_at = models.DateTimeField()
    first_contact_message_at = models.DateTimeField(null=True)
    is_outbound = models.BooleanField(default=False)
    is_spam = models.BooleanField(default=False)
    is_resolved = models.BooleanField(default=False)
    waiting_since = models.DateTimeField(null=True)
    answered_turns = models.PositiveIntegerField(default=0)
    first_reply_at = models.DateTimeField(null=True)
    first_reply_operator_id = models.UUIDField(null=True)
    first_reply_ms = models.BigIntegerField(null=True)
    first_reply_business_ms = models.BigIntegerField(null=True)
    last_reply_operator_id = models.UUIDField(null=True)
    replied_operator_ids = ArrayField(models.UUIDField(), default=list)
    has_reply_since_opening = models.BooleanField(default=False)
    resolutions = models.PositiveIntegerField(default=0)
    reopenings = models.PositiveIntegerField(default=0)
    first_resolved_at = models.DateTimeField(null=True)
    first_resolution_ms = models.BigIntegerField(null=True)
    first_resolution_business_ms = models.BigIntegerField(null=True)
    resolved_at = models.DateTimeField(null=True)
    last_resolution_ms = models.BigIntegerField(null=True)
    last_resolution_business_ms = models.BigIntegerField(null=True)
    surveys = models.PositiveIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)
    rated_resolution = models.PositiveIntegerField(null=True)
    open_changes = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tenant", "conversation_id"], name="one_fact_per_conversation"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["tenant", "inbox_id", "operator_id"],
                name="fact_open",
                condition=models.Q(is_resolved=False, is_spam=False, first_contact_message_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"fact of {self.conversation_id}"
