"""The business that signed up."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.clock import now
from tenants.hours import BusinessHours, always_open
from tenants.ids import uuid7
from tenants.scoping import TenantId


def default_hours() -> dict[str, Any]:
    return always_open().as_json()


class Tenant(models.Model):
    class Calendar(models.TextChoices):
        GREGORIAN = "gregory", _("Gregorian")
        PERSIAN = "persian", _("Persian (Jalali)")
        HIJRI = "islamic-umalqura", _("Hijri (Umm al-Qura)")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    calendar = models.CharField(max_length=20, choices=Calendar.choices, default=Calendar.GREGORIAN)
    # ISO weekday numbers: 1 Monday ... 7 Sunday.
    week_start = models.PositiveSmallIntegerField(default=1)
    business_hours = models.JSONField(default=default_hours)
    follow_up_enabled = models.BooleanField(default=True)
    follow_up_minutes = models.PositiveSmallIntegerField(default=10)
    csat_enabled = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def tenant_id(self) -> TenantId:
        return TenantId(self.id)

    def calendar_for(self, language: str) -> str:
        """Return the calendar for a reader of ``language``: Persian readers get theirs in place of the Gregorian."""
        if language.startswith("fa") and self.calendar == self.Calendar.GREGORIAN:
            return self.Calendar.PERSIAN
        return self.calendar

    @property
    def hours(self) -> BusinessHours:
        return BusinessHours.from_json(self.business_hours, default_zone=self.time_zone)
