"""How far a reader has read the log of a tenant."""

from django.db import models

from tenants.scoping import TenantModel


class ReaderCursor(TenantModel):
    reader = models.CharField(max_length=64)
    xid = models.BigIntegerField(default=0)
    event_id = models.UUIDField(null=True)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=["tenant", "reader"], name="one_cursor_per_reader"),)

    def __str__(self) -> str:
        return f"{self.reader} at {self.xid}"
