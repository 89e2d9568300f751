"""A mail on its way out, written in the transaction that made it due."""

from django.db import models

from tenants.clock import now
from tenants.scoping import TenantModel


class OutgoingMail(TenantModel):
    """A finished mail: what is here is what is sent, word for word, at every attempt.

    When it is due is told by its timer (kind ``mail``), which the sender finds across tenants; the
    text stays behind row-level security. See ``tenants.mail.delivery`` for the states.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown"
        DROPPED = "dropped"

    kind = models.CharField(max_length=40)
    # What it is about (a conversation, a rating, an invitation): earlier mails of a thread are found by it.
    subject_id = models.UUIDField(null=True)
    to = models.CharField(max_length=254)
    sender = models.CharField(max_length=320)
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=8)
    headers = models.JSONField(default=dict)
    # Made once: a receiver that gets an attempt twice knows the second by it.
    message_id = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often the outcome of an attempt was not learnt.
    doubts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = (
            models.Index(fields=["tenant", "kind", "subject_id", "-created_at"], name="mails_about"),
            models.Index(
                fields=["tenant", "-created_at"],
                name="mails_in_trouble",
                condition=models.Q(state__in=["failed", "unknown"])
                | models.Q(state="queued", attempts__gt=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
