"""Rollups once more by whole days of the account, one histogram a row: what long periods are read from."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.scoping import TenantModel


class DayRollup(TenantModel):
    """One metric on one local day, of everything or of one inbox, operator or team (``slice`` and ``key``).

    ``bins`` (ascending) and ``counts`` go together; ``count`` and ``sum`` are their totals. The same
    numbers as the rollups of that day, in a tenth of the rows and more: a quarter of an hour seldom has
    two durations of one bin, a day has many.
    """

    class Slice(models.TextChoices):
        ALL = "all"
        INBOX = "inbox"
        OPERATOR = "operator"
        TEAM = "team"

    day = models.DateField()
    metric = models.CharField(max_length=32)
    slice = models.CharField(max_length=8, choices=Slice.choices)
    key = models.UUIDField(null=True)
    in_hours = models.BooleanField()
    bins = ArrayField(models.SmallIntegerField())
    counts = ArrayField(models.BigIntegerField())
    count = models.BigIntegerField()
    sum = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["tenant", "slice", "metric", "day", "key", "in_hours"],
                name="one_day_rollup",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} of {self.slice} on {self.day}: {self.count}"


class DayZone(TenantModel):
    """In which time zone a tenant's days are cut. Where it is not the account's any more, they are cut anew."""

    time_zone = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tenant"], name="one_zone_of_days"),
        ]

    def __str__(self) -> str:
        return self.time_zone
