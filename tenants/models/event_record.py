"""The event log: append-only, in commit order for whoever reads below the oldest transaction."""

from uuid import UUID

from django.db import models
from django.db.models.functions import Cast

from tenants.clock import now
from tenants.scoping import TenantManager, TenantModel

_NIL = UUID(int=0)


class EventQuerySet(models.QuerySet["EventRecord"]):
    def after(self, *, xid: int, event_id: UUID | None) -> "models.QuerySet[EventRecord]":
        """Return the rows behind a cursor whose transactions have all ended, oldest first."""
        return self.extra(
            where=["(xid, id) > (%s, %s)", "xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"],
            params=[xid, event_id or _NIL],
        ).order_by("xid", "pk")


class EventRecord(TenantModel):
    conversation_id = models.UUIDField(null=True)
    type = models.CharField(max_length=64)
    payload = models.JSONField()
    operators_position = models.BigIntegerField(null=True)
    contact_position = models.BigIntegerField(null=True)
    # bigint, not xid8: its comparisons are leakproof, so the index serves them under row-level security.
    xid = models.BigIntegerField(
        db_default=Cast(
            Cast(
                models.Func(function="pg_current_xact_id", output_field=models.TextField()),
                models.TextField(),
            ),
            models.BigIntegerField(),
        ),
        editable=False,
    )
    created_at = models.DateTimeField(default=now)

    objects = TenantManager.from_queryset(EventQuerySet)()  # type: ignore[misc]

    class Meta(TenantModel.Meta):
        indexes = (
            models.Index(fields=["tenant", "xid", "id"], name="event_log_order"),
            models.Index(
                fields=["tenant", "conversation_id", "operators_position"], name="event_operators_position"
            ),
            models.Index(
                fields=["tenant", "conversation_id", "contact_position"],
                name="event_contact_position",
                condition=models.Q(contact_position__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"
