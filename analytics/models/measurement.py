"""One thing that was counted or timed, and the conversation it came from."""

from typing import Any, ClassVar

from django.db import models

from tenants.scoping import TenantModel


class Measurement(TenantModel):
    """What a rollup is the sum of: every number of a report leads back to these.

    ``slot`` tells measurements of one metric in one conversation apart (the second resolution, the
    third turn), so that writing one again replaces it. ``at`` is the moment it counts for,
    ``started_at`` when its clock started. ``in_hours``: whether the clock, or the thing itself where
    there is no clock, began in business hours. A spam conversation's are kept but not counted.
    """

    conversation_id = models.UUIDField()
    metric = models.CharField(max_length=32)
    slot = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    milliseconds = models.BigIntegerField(null=True)
    business_milliseconds = models.BigIntegerField(null=True)
    value = models.SmallIntegerField(default=1)
    inbox_id = models.UUIDField()
    operator_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    in_hours = models.BooleanField()
    is_counted = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["tenant", "conversation_id", "metric", "slot"], name="one_measurement_per_slot"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["tenant", "metric", "at", "id"],
                name="measurement_by_time",
                condition=models.Q(is_counted=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.slot} of {self.conversation_id}"
