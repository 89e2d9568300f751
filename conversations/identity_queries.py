"""Reads about signed identities of an inbox."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Sum

from conversations.models import IdentityCount
from tenants.clock import now

DAYS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityWeek:
    """How often a site said who its visitors are, over seven days (UTC), and why the last token was refused."""

    signed: int
    unsigned: int
    refused: int
    last_refusal: str


def identity_week(*, inbox_id: UUID) -> IdentityWeek:
    """Return the counts of today and the six days before it."""
    days = IdentityCount.objects.filter(inbox=inbox_id, day__gt=now().date() - timedelta(days=DAYS))
    sums = days.aggregate(signed=Sum("signed"), unsigned=Sum("unsigned"), refused=Sum("refused"))
    last = days.exclude(last_refusal="").order_by("-day").values_list("last_refusal", flat=True).first()
    return IdentityWeek(last_refusal=last or "", **{name: total or 0 for name, total in sums.items()})
