"""What the address of a report asks for. The same parameters serve pages, exports and the API."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self, TypeVar
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analytics.metrics import Hours
from analytics.periods import Comparison, Period, Preset, custom_period, preset_period
from analytics.queries.shapes import EVERYTHING, Filters
from conversations.models import Inbox
from operators.models import Operator, Team
from tenants.clock import now
from tenants.errors import BadRequest, NotFound
from tenants.models.tenant import Tenant
from tenants.scoping import TenantModel

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """A report that was asked for: ``period=7d&compare=none&hours=business&inbox=...&operator=...&team=...``."""

    period: Period
    comparison: Comparison = Comparison.PREVIOUS
    hours: Hours = Hours.CALENDAR
    filters: Filters = EVERYTHING
    # The reader's own time zone where it is not the account's.
    zone: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str], *, tenant: Tenant) -> Self:
        """Read a query string.

        Raises BadRequest naming the parameter that is wrong, NotFound for an id that is not this tenant's.
        """
        return cls(
            period=_period(given, _zone(given) or tenant.time_zone),
            comparison=_choice(Comparison, given, "compare", Comparison.PREVIOUS),
            hours=_choice(Hours, given, "hours", Hours.CALENDAR),
            filters=Filters(
                inbox_id=_known(Inbox, given, "inbox"),
                operator_id=_known(Operator, given, "operator"),
                team_id=_known(Team, given, "team"),
            ),
            zone=_zone(given),
        )

    def query(self, **more: object) -> str:
        """Return the query string that asks for this report again; ``more`` are further parameters."""
        period, filters = self.period, self.filters
        parts: dict[str, object] = {"period": period.preset.value}
        if period.preset is Preset.CUSTOM:
            parts |= {"from": period.first.isoformat(), "to": period.last.isoformat()}
        if self.comparison is not Comparison.PREVIOUS:
            parts["compare"] = self.comparison.value
        if self.hours is not Hours.CALENDAR:
            parts["hours"] = self.hours.value
        parts["zone"] = self.zone
        parts |= {"inbox": filters.inbox_id, "operator": filters.operator_id, "team": filters.team_id}
        return urlencode({key: value for key, value in (parts | more).items() if value not in (None, "")})

    def narrowed(self, **filters: UUID | None) -> Self:
        """Return the same report of one inbox, operator or team."""
        return replace(self, filters=replace(self.filters, **filters))


def _zone(given: Mapping[str, str]) -> str:
    """Return the time zone asked for, nothing for the account's. Raises BadRequest for an unknown one."""
    zone = given.get("zone", "")
    try:
        return ZoneInfo(zone).key if zone else ""
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadRequest(errors={"zone": ["a time zone like Europe/Vilnius"]}) from error


def _period(given: Mapping[str, str], time_zone: str) -> Period:
    preset = _choice(Preset, given, "period", Preset.CUSTOM if given.get("from") else Preset.MONTH)
    if preset is not Preset.CUSTOM:
        return preset_period(preset=preset, time_zone=time_zone, now=now())
    first = _day(given, "from")
    return custom_period(
        first=first,
        last=_day(given, "to") if given.get("to") else first,
        time_zone=time_zone,
        now=now(),
    )


def _day(given: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(given.get(name, ""))
    except ValueError as error:
        raise BadRequest(errors={name: ["a day like 2026-11-21"]}) from error


def _choice(kind: type[Choice], given: Mapping[str, str], name: str, default: Choice) -> Choice:
    if not given.get(name):
        return default
    try:
        return kind(given[name])
    except ValueError as error:
        raise BadRequest(errors={name: [f"one of {', '.join(kind)}"]}) from error


def _known(model: type[TenantModel], given: Mapping[str, str], name: str) -> UUID | None:
    """Return the id of a row of this tenant; what is another tenant's does not exist."""
    value = given.get(name)
    if not value:
        return None
    try:
        wanted = UUID(value)
    except ValueError as error:
        raise NotFound() from error
    if not model.objects.filter(pk=wanted).exists():
        raise NotFound()
    return wanted
