"""A business signs up."""

from django.db import transaction

from tenants.clock import now
from tenants.models.tenant import Tenant


@transaction.atomic
def create_tenant(
    *, name: str, language: str = "en", time_zone: str = "UTC", is_demo: bool = False
) -> Tenant:
    """Create a tenant. Its owner and its first inbox are made by whoever calls, in the same transaction."""
    calendar = Tenant.Calendar.PERSIAN if language == "fa" else Tenant.Calendar.GREGORIAN
    week_start = {"fa": 6, "ar": 7}.get(language, 1)
    return Tenant.objects.create(
        name=name.strip(),
        language=language,
        time_zone=time_zone,
        calendar=calendar,
        week_start=week_start,
        is_demo=is_demo,
        created_at=now(),
    )
