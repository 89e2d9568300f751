"""The tenant's own endpoints: settings, keys, the audit trail."""

from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from rest_framework.request import Request

from tenants.actions.change_settings import change_settings
from tenants.actions.manage_api_keys import create_api_key, revoke_api_key, rotate_api_key
from tenants.api.bodies import AuditQuery, ChangeSettings, CreateApiKey
from tenants.api.fields import Nothing, PageQuery
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.present import api_key_shape, audit_entry_shape, issued_key_shape, settings_shape
from tenants.api.shapes import ApiKeyPageShape, AuditPageShape, IssuedApiKeyShape, SettingsShape
from tenants.api.view import TenantAPIView
from tenants.clock import now
from tenants.errors import BadRequest
from tenants.hours_form import checked_hours
from tenants.models import ApiKey, AuditEntry, Tenant
from tenants.permissions import Permission
from tenants.scoping import current_tenant_id


class SettingsView(TenantAPIView):
    chapter = "Settings"

    @operation(
        "get_settings",
        "Get the settings of the business",
        permission=Permission.READ_CONVERSATIONS,
        gives=SettingsShape,
    )
    def get(self, request: Request) -> Any:
        return settings_shape(Tenant.objects.get(pk=current_tenant_id()))

    @operation(
        "change_settings",
        "Change the settings of the business",
        permission=Permission.WRITE_SETTINGS,
        body=ChangeSettings,
        gives=SettingsShape,
    )
    def patch(self, request: Request, body: dict[str, Any]) -> Any:
        """Only what is sent changes.

        Business hours: `{"time_zone": null, "always": false, "weekly": {"mon": [["09:00", "17:00"]]},
        "holidays": [{"date": "2026-12-25", "name": "Christmas", "yearly": true}]}`; a null time zone is the one of the
        business.
        """
        if body.get("time_zone", "UTC") not in available_timezones():
            raise BadRequest(errors={"time_zone": [_("There is no such time zone.")]})
        if "business_hours" in body:
            try:
                body["business_hours"] = checked_hours(body["business_hours"])
            except ValueError as error:
                raise BadRequest(errors={"business_hours": [str(error)]}) from error
        return settings_shape(change_settings(actor=self.actor, **body))


class ApiKeyList(TenantAPIView):
    chapter = "API keys"

    @operation(
        "list_api_keys",
        "List the API keys",
        permission=Permission.WRITE_API_KEYS,
        query=PageQuery,
        gives=ApiKeyPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """The newest first, revoked ones too."""
        return listing(ApiKey.objects.all(), order=("-created_at", "-pk"), query=query, shape=api_key_shape)

    @operation(
        "create_api_key",
        "Make an API key",
        permission=Permission.WRITE_API_KEYS,
        body=CreateApiKey,
        gives=IssuedApiKeyShape,
        status=201,
        is_secret=True,
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        """The token is shown this once; only a hash of it is kept."""
        if body["expires_at"] is not None and body["expires_at"] <= now():
            raise BadRequest(errors={"expires_at": [_("Choose a moment in the future.")]})
        issued = create_api_key(
            actor=self.actor,
            name=body["name"],
            permissions=[Permission(value) for value in body["permissions"]],
            expires_at=body["expires_at"],
        )
        return issued_key_shape(issued)


class ApiKeyDetail(TenantAPIView):
    chapter = "API keys"

    @operation("revoke_api_key", "Revoke an API key", permission=Permission.WRITE_API_KEYS, refuses=(404,))
    def delete(self, request: Request, key_id: UUID) -> Any:
        """It stops working at once."""
        revoke_api_key(actor=self.actor, key_id=key_id)


class RotateView(TenantAPIView):
    chapter = "API keys"

    @operation(
        "rotate_api_key",
        "Give an API key a new token",
        permission=Permission.WRITE_API_KEYS,
        body=Nothing,
        gives=IssuedApiKeyShape,
        refuses=(404,),
        is_secret=True,
    )
    def post(self, request: Request, key_id: UUID, body: dict[str, Any]) -> Any:
        """The old token works for another 24 hours."""
        return issued_key_shape(rotate_api_key(actor=self.actor, key_id=key_id))


class AuditList(TenantAPIView):
    chapter = "Audit trail"

    @operation(
        "list_audit_entries",
        "List who changed what",
        permission=Permission.READ_AUDIT,
        query=AuditQuery,
        gives=AuditPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """The newest first. Entries can be added and read, never changed."""
        rows = AuditEntry.objects.all()
        for name in ("action", "actor", "target"):
            if name in query:
                rows = rows.filter(**{name: query[name]})
        return listing(rows, order=("-created_at", "-pk"), query=query, shape=audit_entry_shape)
