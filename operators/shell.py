"""What the frame around every page shows: where one can go, who one is, which business this is."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from operators.authentication import membership_of
from operators.avatars import initials, tint
from operators.models import Availability, Operator
from operators.pages.settings.navigation import settings_navigation
from tenants.models import Tenant
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the main navigation."""

    label: Any
    url: str
    icon: str
    is_current: bool


# Label, address, icon, the permission it takes.
PLACES: Final = (
    (_("Inbox"), "/inbox/", "icons/inbox.svg", Permission.READ_CONVERSATIONS),
    (_("Reports"), "/reports/", "icons/reports.svg", Permission.READ_REPORTS),
    (_("Settings"), "/settings/", "icons/settings.svg", None),
    (_("Start"), "/start/", "icons/rocket.svg", Permission.WRITE_INBOXES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    operator: Operator | None = None
    tenant: Tenant | None = None
    memberships: tuple[Operator, ...] = ()
    permissions: frozenset[Permission] = frozenset()
    path: str = ""

    @property
    def places(self) -> list[Place]:
        return [
            Place(label=label, url=url, icon=icon, is_current=self.path.startswith(url))
            for label, url, icon, permission in PLACES
            if self.operator and (permission is None or permission in self.permissions)
        ]

    @property
    def time_zone(self) -> str:
        """The person's own, else the business's."""
        own = self.operator.user.time_zone if self.operator else ""
        return own or (self.tenant.time_zone if self.tenant else "")

    @property
    def calendar(self) -> str:
        """The one this page's readers expect."""
        return self.tenant.calendar_for(get_language() or "en") if self.tenant else ""

    @property
    def availabilities(self) -> list[tuple[str, Any]]:
        return list(Availability.choices)

    @property
    def initials(self) -> str:
        return initials(self.operator.display_name) if self.operator else ""

    @property
    def tint(self) -> int:
        return tint(str(self.operator.pk)) if self.operator else 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``shell`` and ``settings_navigation``. Reads nothing unless a template asks."""
    return {
        "shell": SimpleLazyObject(lambda: _shell(request)),
        "settings_navigation": SimpleLazyObject(lambda: settings_navigation(request)),
    }


def _shell(request: HttpRequest) -> Shell:
    membership = membership_of(request)
    if membership is None or membership.current is None:
        return Shell(path=request.path)
    operator = membership.current
    return Shell(
        operator=operator,
        tenant=operator.tenant,
        memberships=membership.operators,
        permissions=operator.actor.permissions,
        path=request.path,
    )
