"""Sums of measurements: what the pages, exports and the API read."""

from typing import Any, ClassVar

from django.db import models

from tenants.scoping import TenantModel


class Rollup(TenantModel):
    """The measurements of one metric in one quarter of an hour of UTC, by all dimensions.

    A quarter of an hour, because every time zone in use is a whole number of them from UTC. Durations
    are spread over logarithmic bins (``analytics.histogram``), ratings over their scores; other
    metrics have the bin 0. ``sum`` is milliseconds, scores or plus and minus ones: whole numbers, so
    that adding in any order gives the same.
    """

    bucket = models.DateTimeField()
    metric = models.CharField(max_length=32)
    inbox_id = models.UUIDField()
    operator_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    in_hours = models.BooleanField()
    bin = models.SmallIntegerField(default=0)
    count = models.BigIntegerField()
    sum = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=[
                    "tenant",
                    "metric",
                    "bucket",
                    "inbox_id",
                    "operator_id",
                    "team_id",
                    "in_hours",
                    "bin",
                ],
                name="one_rollup_per_bin",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} at {self.bucket:%F %H:%M}: {self.count}"
