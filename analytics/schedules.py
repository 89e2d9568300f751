"""Which business hours held when: an inbox's own, else the tenant's, as they were on that day.

The hours of a day are kept, so that a replay next year measures it as it was measured then.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Self
from uuid import UUID

from analytics.models import HoursVersion
from conversations.models import Inbox
from tenants.clock import now
from tenants.hours import BusinessHours
from tenants.models.tenant import Tenant
from tenants.scoping import current_tenant_id

EVER: Final = datetime.min.replace(tzinfo=UTC)

Versions = Mapping[UUID | None, Sequence[tuple[datetime, dict[str, Any] | None]]]


class Schedules:
    """Answers ``at(inbox_id, moment)`` from the versions of one tenant's hours."""

    def __init__(self, *, versions: Versions, default_zone: str) -> None:
        """``versions``: by inbox (None: the tenant) a list of (valid from, stored form), oldest first."""
        self._versions = versions
        self._zone = default_zone
        self._read: dict[tuple[UUID | None, int], BusinessHours | None] = {}

    @classmethod
    def load(cls) -> Self:
        """Read the versions of the tenant of the scope, noting first what has changed since the last time."""
        tenant = Tenant.objects.get(pk=current_tenant_id())
        current: dict[UUID | None, dict[str, Any] | None] = {None: tenant.hours.as_json()}
        for inbox_id, settings in Inbox.objects.values_list("id", "settings"):
            current[inbox_id] = settings.get("business_hours") or None
        known = _stored()
        changed = [
            HoursVersion(
                tenant_id=tenant.pk,
                inbox_id=inbox_id,
                hours=hours,
                valid_from=now() if inbox_id in known else None,
            )
            for inbox_id, hours in current.items()
            if inbox_id not in known or known[inbox_id][-1][1] != hours
        ]
        if changed:
            HoursVersion.objects.bulk_create(changed, ignore_conflicts=True)
            known = _stored()
        return cls(versions=known, default_zone=tenant.time_zone)

    def at(self, inbox_id: UUID, moment: datetime) -> BusinessHours:
        """Return the hours that held for an inbox at a moment."""
        return self._version(inbox_id, moment) or self._version(None, moment) or BusinessHours()

    def _version(self, inbox_id: UUID | None, moment: datetime) -> BusinessHours | None:
        versions = self._versions.get(inbox_id, ())
        index = bisect_right([start for start, _hours in versions], moment) - 1
        if index < 0:
            return None
        key = (inbox_id, index)
        if key not in self._read:
            hours = versions[index][1]
            self._read[key] = BusinessHours.from_json(hours, default_zone=self._zone) if hours else None
        return self._read[key]


def _stored() -> dict[UUID | None, list[tuple[datetime, dict[str, Any] | None]]]:
    found: dict[UUID | None, list[tuple[datetime, dict[str, Any] | None]]] = defaultdict(list)
    for version in HoursVersion.objects.all():
        found[version.inbox_id].append((version.valid_from or EVER, version.hours))
    for versions in found.values():
        versions.sort(key=lambda version: version[0])
    return found
