"""The entries of a thread: replies, notes and event lines, and the files they carry."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class Message(TenantModel):
    class Kind(models.TextChoices):
        REPLY = "reply"
        NOTE = "note"
        EVENT = "event"

    conversation = TenantForeignKey("conversations.Conversation", models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.REPLY)
    author_kind = models.CharField(max_length=10)
    author_id = models.UUIDField(null=True)
    author_name = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    direction = models.CharField(max_length=4, default="auto")
    client_id = models.UUIDField()
    # What an event line says: a code and its parameters, worded by the client in the reader's language.
    line = models.JSONField(null=True)
    # Whom a note mentions, as its text calls them: see MentionShape. None where nobody is.
    mentions = models.JSONField(null=True)
    operators_position = models.BigIntegerField()
    contact_position = models.BigIntegerField(null=True)
    # Folded text for search; see conversations.text.fold. Event lines have none.
    search_text = models.TextField(blank=True, editable=False)
    mailed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["tenant", "conversation", "client_id"], name="one_message_per_client_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "conversation", "operators_position"], name="one_message_per_position"
            ),
        )
        indexes = (
            models.Index(
                fields=["tenant", "conversation", "contact_position"],
                name="messages_for_contact",
                condition=models.Q(contact_position__isnull=False),
            ),
            GinIndex(
                models.F("tenant_id"),
                OpClass(models.F("search_text"), name="gin_trgm_ops"),
                name="messages_search",
                condition=~models.Q(search_text=""),
                gin_pending_list_limit=256,  # kilobytes; see migration 0005
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Attachment(TenantModel):
    conversation = TenantForeignKey("conversations.Conversation", models.CASCADE, related_name="attachments")
    # None until the message it was uploaded for is sent.
    message = TenantForeignKey("conversations.Message", models.CASCADE, null=True, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    storage_key = models.CharField(max_length=200)
    uploaded_by_kind = models.CharField(max_length=10)
    uploaded_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        indexes = (
            models.Index(fields=["tenant", "message"], name="attachments_of_message"),
            models.Index(fields=["tenant", "conversation"], name="attachments_of_conversation"),
        )

    def __str__(self) -> str:
        return self.name
