"""Who may do what: every permission, the role table, actors and ``require``. One page."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.errors import PermissionDenied
from tenants.scoping import TenantId


class Permission(StrEnum):
    """One thing that can be allowed. The value is also the scope of an API key."""

    READ_CONVERSATIONS = "conversations:read"
    WRITE_CONVERSATIONS = "conversations:write"
    # Looking at conversations unseen: for those who supervise, in the inbox.
    WATCH_CONVERSATIONS = "conversations:watch"
    WRITE_MESSAGES = "messages:write"
    WRITE_NOTES = "notes:write"
    READ_CONTACTS = "contacts:read"
    WRITE_CONTACTS = "contacts:write"
    READ_RATINGS = "ratings:read"
    READ_REPORTS = "reports:read"
    EXPORT_DATA = "data:export"
    WRITE_TAGS = "tags:write"
    WRITE_CANNED_REPLIES = "canned_replies:write"
    WRITE_ARTICLES = "articles:write"
    READ_OPERATORS = "operators:read"
    WRITE_OPERATORS = "operators:write"
    WRITE_INBOXES = "inboxes:write"
    WRITE_SETTINGS = "settings:write"
    WRITE_API_KEYS = "api_keys:write"
    READ_AUDIT = "audit:read"
    WRITE_TENANT = "tenant:write"
    RATE = "ratings:write"


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    MANAGER = "manager", _("Manager")
    OPERATOR = "operator", _("Operator")
    VIEWER = "viewer", _("Viewer")


_VIEWER: Final = frozenset(
    {
        Permission.READ_CONVERSATIONS,
        Permission.READ_CONTACTS,
        Permission.READ_OPERATORS,
        Permission.READ_RATINGS,
    }
)
_OPERATOR: Final = _VIEWER | {
    Permission.WRITE_CONVERSATIONS,
    Permission.WRITE_MESSAGES,
    Permission.WRITE_NOTES,
    Permission.WRITE_CONTACTS,
}
_MANAGER: Final = _OPERATOR | {
    Permission.WATCH_CONVERSATIONS,
    Permission.READ_REPORTS,
    Permission.EXPORT_DATA,
    Permission.WRITE_TAGS,
    Permission.WRITE_CANNED_REPLIES,
    Permission.WRITE_ARTICLES,
}
_ADMIN: Final = _MANAGER | {
    Permission.WRITE_OPERATORS,
    Permission.WRITE_INBOXES,
    Permission.WRITE_SETTINGS,
    Permission.WRITE_API_KEYS,
    Permission.READ_AUDIT,
}
_OWNER: Final = _ADMIN | {Permission.WRITE_TENANT}

ROLE_PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.OWNER: _OWNER,
    Role.ADMIN: _ADMIN,
    Role.MANAGER: _MANAGER,
    Role.OPERATOR: _OPERATOR,
    Role.VIEWER: _VIEWER,
}

# What a contact may do, in their own conversations only; every action checks whose it is.
CONTACT_PERMISSIONS: Final = frozenset({Permission.WRITE_MESSAGES, Permission.RATE})
ALL_PERMISSIONS: Final = frozenset(Permission)


class ActorKind(StrEnum):
    OPERATOR = "operator"
    CONTACT = "contact"
    API_KEY = "api_key"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever acts: a person who answers, a person who asks, a key, or Parley itself.

    ``id`` is the operator's, contact's or key's id; None for the system. ``inbox_id`` binds a
    contact to the entrance they came through.
    """

    kind: ActorKind
    tenant_id: TenantId
    id: UUID | None
    name: str
    permissions: frozenset[Permission]
    inbox_id: UUID | None = None
    language: str = ""

    @property
    def reference(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else str(self.kind)

    @property
    def is_contact(self) -> bool:
        return self.kind is ActorKind.CONTACT

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def require(actor: Actor, permission: Permission) -> None:
    """Raise PermissionDenied unless the actor has the permission."""
    if permission not in actor.permissions:
        raise PermissionDenied()


def system_actor(tenant_id: TenantId, *, name: str = "Parley") -> Actor:
    """Return the actor for what nobody asked for: timers, rules, seeding."""
    return Actor(kind=ActorKind.SYSTEM, tenant_id=tenant_id, id=None, name=name, permissions=ALL_PERMISSIONS)
