"""Which business hours held since when, so that an old event is measured with the hours of its day."""

from typing import Any, ClassVar

from django.db import models

from tenants.scoping import TenantModel


class HoursVersion(TenantModel):
    """The hours of an inbox, or of the tenant where ``inbox_id`` is None, from ``valid_from`` on.

    ``hours`` is the stored form of ``tenants.hours.BusinessHours``; None on an inbox: the tenant's hold.
    ``valid_from`` None: since ever.
    """

    inbox_id = models.UUIDField(null=True)
    valid_from = models.DateTimeField(null=True)
    hours = models.JSONField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["tenant", "inbox_id", "valid_from"], name="one_hours_version", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"hours since {self.valid_from}"
