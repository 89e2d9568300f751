"""Something due at a time. A row, so that neither a dead worker nor an emptied broker loses it."""

from django.db import models

from tenants.clock import now
from tenants.ids import uuid7


class Timer(models.Model):
    """Outside row-level security, because it is swept across tenants; it holds ids and times only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["tenant", "kind", "subject_id"], name="one_timer_per_subject"),
        )
        indexes = (models.Index(fields=["due_at"], name="timer_due"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} at {self.due_at:%F %T}"
