"""Asking the API as somebody of the cast, through the whole site but its server."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from operators.models import Operator
from tenants.actions.manage_api_keys import IssuedKey, create_api_key
from tenants.models import Tenant
from tenants.permissions import ALL_PERMISSIONS, Permission, system_actor
from tenants.scoping import TenantId, tenant_scope

ROOT = "/api/v1/"


def make_key(tenant: Tenant, *, permissions: Collection[Permission] = ALL_PERMISSIONS) -> IssuedKey:
    """Make an API key, of every permission unless told otherwise. Opens a scope."""
    with tenant_scope(TenantId(tenant.pk)):
        actor = system_actor(TenantId(tenant.pk))
        return create_api_key(actor=actor, name="Test", permissions=permissions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """Asks with a key, with an operator's session, or as nobody."""

    client: Client
    token: str | None = None

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        sent = dict(headers or {})
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        return self.client.generic(
            method,
            ROOT + path,
            query_params=query,
            headers=sent,
            **_content(body),
        )

    def get(self, path: str, **query: Any) -> Any:
        return self.ask("GET", path, query=query)

    def post(self, path: str, body: Any = None, *, headers: dict[str, str] | None = None) -> Any:
        return self.ask("POST", path, {} if body is None else body, headers=headers)

    def put(self, path: str, body: Any) -> Any:
        return self.ask("PUT", path, body)

    def patch(self, path: str, body: Any) -> Any:
        return self.ask("PATCH", path, body)

    def upload(
        self, path: str, form: dict[str, Any], *, name: str = "note.txt", content: bytes = b"note"
    ) -> Any:
        """Send a form with a file."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.client.post(
            ROOT + path, {**form, "file": SimpleUploadedFile(name, content)}, headers=headers
        )

    def delete(self, path: str) -> Any:
        return self.ask("DELETE", path)


def _content(body: Any) -> dict[str, Any]:
    if body is None:
        return {}
    if isinstance(body, bytes):
        return {"data": body, "content_type": "application/json"}
    return {"data": json.dumps(body), "content_type": "application/json"}


def with_key(tenant: Tenant, *, permissions: Collection[Permission] = ALL_PERMISSIONS) -> Api:
    """Ask with a new key of the tenant."""
    return Api(client=Client(), token=make_key(tenant, permissions=permissions).token)


def as_operator(operator: Operator) -> Api:
    """Ask with the session of an operator, as the inbox does."""
    client = Client()
    client.force_login(operator.user)
    return Api(client=client)


def as_nobody() -> Api:
    return Api(client=Client())
