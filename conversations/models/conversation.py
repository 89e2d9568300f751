"""The thread, with the columns its list needs kept up to date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class Conversation(TenantModel):
    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        PENDING = "pending", _("Pending")
        SNOOZED = "snoozed", _("Snoozed")
        RESOLVED = "resolved", _("Resolved")

    class Priority(models.TextChoices):
        NONE = "none", _("No priority")
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")
        URGENT = "urgent", _("Urgent")

    inbox = TenantForeignKey("conversations.Inbox", models.PROTECT, related_name="+")
    contact = TenantForeignKey("conversations.Contact", models.CASCADE, related_name="conversations")
    client_id = models.UUIDField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.NONE)
    # The priority as a number, which the database keeps, so that lists can be sorted by it.
    priority_rank = models.GeneratedField(
        expression=models.Case(
            models.When(priority="urgent", then=4),
            models.When(priority="high", then=3),
            models.When(priority="medium", then=2),
            models.When(priority="low", then=1),
            default=0,
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    language = models.CharField(max_length=8, default="en")
    subject = models.CharField(max_length=200, blank=True)
    operator = TenantForeignKey(
        "operators.Operator", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    team = TenantForeignKey("operators.Team", models.SET_NULL, null=True, blank=True, related_name="+")
    snoozed_until = models.DateTimeField(null=True, blank=True)
    is_spam = models.BooleanField(default=False)

    # One counter per audience, advanced under the row's lock: positions follow commits, without holes.
    operators_position = models.BigIntegerField(default=0)
    contact_position = models.BigIntegerField(default=0)
    contact_read_position = models.BigIntegerField(default=0)
    contact_delivered_position = models.BigIntegerField(default=0)
    operators_read_position = models.BigIntegerField(default=0)
    # How far the operators have seen, in the contact's counting: the contact's "seen".
    operators_seen_position = models.BigIntegerField(default=0)

    last_message_text = models.CharField(max_length=160, blank=True)
    last_message_author_kind = models.CharField(max_length=10, blank=True)
    last_message_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField(default=now)
    # Since when the contact waits for an answer; None while it is their turn.
    waiting_since = models.DateTimeField(null=True, blank=True)
    first_contact_message_at = models.DateTimeField(null=True, blank=True)
    first_reply_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolution_count = models.PositiveIntegerField(default=0)
    message_count = models.PositiveIntegerField(default=0)
    unread_count = models.PositiveIntegerField(default=0)
    contact_unread_count = models.PositiveIntegerField(default=0)
    rating_score = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["tenant", "contact", "client_id"], name="one_conversation_per_client_id"
            ),
        )
        indexes = (
            models.Index(fields=["tenant", "-last_activity_at", "-id"], name="conversations_all"),
            models.Index(
                fields=["tenant", "status", "-last_activity_at", "-id"], name="conversations_by_status"
            ),
            models.Index(
                fields=["tenant", "operator", "-last_activity_at", "-id"],
                name="conversations_unresolved",
                condition=~models.Q(status="resolved"),
            ),
            models.Index(
                fields=["tenant", "waiting_since", "id"],
                name="conversations_waiting",
                condition=models.Q(waiting_since__isnull=False),
            ),
            models.Index(fields=["tenant", "contact", "-created_at"], name="conversations_of_contact"),
            models.Index(fields=["tenant", "status", "created_at", "id"], name="conversations_oldest"),
            models.Index(
                fields=["tenant", "-priority_rank", "-last_activity_at", "-id"],
                name="conversations_by_priority",
                condition=~models.Q(status="resolved"),
            ),
        )

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class ConversationTag(TenantModel):
    conversation = TenantForeignKey("conversations.Conversation", models.CASCADE, related_name="tag_links")
    tag = TenantForeignKey("conversations.Tag", models.CASCADE, related_name="links")

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["tenant", "conversation", "tag"], name="a_tag_once_per_conversation"
            ),
        )
        indexes = (models.Index(fields=["tenant", "tag", "conversation"], name="conversations_of_tag"),)

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.conversation_id}"
