"""What this API answers."""

from typing import Any, Literal, TypedDict

from tenants.api.shapes import SettingsShape

RoleName = Literal["owner", "admin", "manager", "operator", "viewer"]


class OperatorShape(TypedDict):
    id: str
    name: str
    email: str
    role: RoleName
    availability: Literal["online", "away", "offline"]
    max_conversations: int
    languages: list[str]
    is_active: bool
    team_ids: list[str]
    last_seen_at: str | None
    created_at: str


class OperatorPageShape(TypedDict):
    results: list[OperatorShape]
    next: str | None


class MeShape(TypedDict):
    """Who asks. ``operator`` is null for a key."""

    kind: Literal["operator", "api_key"]
    id: str
    name: str
    permissions: list[str]
    tenant: SettingsShape
    operator: OperatorShape | None


class TeamShape(TypedDict):
    id: str
    name: str
    member_ids: list[str]
    assignment_mode: Literal["manual", "round_robin", "least_busy"]
    offer_seconds: int
    prefers_last_operator: bool
    requires_tag: bool
    languages: list[str]
    countries: list[str]
    business_hours: dict[str, Any] | None
    created_at: str


class TeamPageShape(TypedDict):
    results: list[TeamShape]
    next: str | None


class InvitationShape(TypedDict):
    """An invitation that is neither accepted nor taken back; it may have expired."""

    id: str
    email: str
    role: RoleName
    team_id: str | None
    created_at: str
    sent_at: str
    expires_at: str


class InvitationPageShape(TypedDict):
    results: list[InvitationShape]
    next: str | None
