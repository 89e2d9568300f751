"""What the tenant's own endpoints answer."""

from typing import Any, Literal, TypedDict


class SettingsShape(TypedDict):
    """What a business has decided for itself. ``week_start``: 1 Monday to 7 Sunday."""

    id: str
    name: str
    language: str
    time_zone: str
    calendar: Literal["gregory", "persian", "islamic-umalqura"]
    week_start: int
    business_hours: dict[str, Any]
    follow_up_enabled: bool
    follow_up_minutes: int
    csat_enabled: bool
    created_at: str


class ApiKeyShape(TypedDict):
    """A key. ``prefix`` is the part of the token by which people recognise it."""

    id: str
    name: str
    prefix: str
    permissions: list[str]
    created_by: str
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    revoked_at: str | None


class IssuedApiKeyShape(ApiKeyShape):
    """A key with its ``token``, which is shown this once."""

    token: str


class ApiKeyPageShape(TypedDict):
    results: list[ApiKeyShape]
    next: str | None


class AuditEntryShape(TypedDict):
    """Who did what. ``changes`` maps a field to what it was and what it is."""

    id: str
    actor: str
    actor_name: str
    action: str
    target: str
    changes: dict[str, Any]
    address: str | None
    created_at: str


class AuditPageShape(TypedDict):
    results: list[AuditEntryShape]
    next: str | None
