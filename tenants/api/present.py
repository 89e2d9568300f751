"""The tenant's own rows as the shapes of the API. Pure."""

from typing import cast

from tenants.actions.manage_api_keys import IssuedKey
from tenants.api.shapes import ApiKeyShape, AuditEntryShape, IssuedApiKeyShape, SettingsShape
from tenants.events.registry import iso
from tenants.models import ApiKey, AuditEntry, Tenant


def settings_shape(tenant: Tenant) -> SettingsShape:
    return cast(
        "SettingsShape",
        {
            "id": str(tenant.pk),
            "name": tenant.name,
            "language": tenant.language,
            "time_zone": tenant.time_zone,
            "calendar": tenant.calendar,
            "week_start": tenant.week_start,
            "business_hours": tenant.business_hours,
            "follow_up_enabled": tenant.follow_up_enabled,
            "follow_up_minutes": tenant.follow_up_minutes,
            "csat_enabled": tenant.csat_enabled,
            "created_at": iso(tenant.created_at),
        },
    )


def api_key_shape(key: ApiKey) -> ApiKeyShape:
    return {
        "id": str(key.pk),
        "name": key.name,
        "prefix": f"parley_{key.prefix}",
        "permissions": list(key.permissions),
        "created_by": key.created_by,
        "created_at": iso(key.created_at),
        "expires_at": iso(key.expires_at) if key.expires_at else None,
        "last_used_at": iso(key.last_used_at) if key.last_used_at else None,
        "revoked_at": iso(key.revoked_at) if key.revoked_at else None,
    }


def issued_key_shape(issued: IssuedKey) -> IssuedApiKeyShape:
    return {**api_key_shape(issued.key), "token": issued.token}


def audit_entry_shape(entry: AuditEntry) -> AuditEntryShape:
    return {
        "id": str(entry.pk),
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "action": entry.action,
        "target": entry.target,
        "changes": entry.changes,
        "address": entry.address,
        "created_at": iso(entry.created_at),
    }
