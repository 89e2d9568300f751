"""Asking the widget's addresses as a browser would, and changing an inbox between two questions."""

from typing import Any

from django.conf import settings
from django.test import Client

from conversations.models import Inbox
from tenants.scoping import TenantId, tenant_scope


def change(inbox: Inbox, **fields: Any) -> None:
    """Write fields of an inbox as its settings page would. Opens a scope."""
    with tenant_scope(TenantId(inbox.tenant_id)):
        Inbox.objects.filter(pk=inbox.pk).update(**fields)
    for name, value in fields.items():
        setattr(inbox, name, value)


def fresh(inbox: Inbox) -> Inbox:
    with tenant_scope(TenantId(inbox.tenant_id)):
        return Inbox.objects.get(pk=inbox.pk)


def loader(client: Client, key: str, **headers: str) -> Any:
    return client.get("/widget.js", {"inbox": key}, headers=headers)


def open_session(client: Client, inbox: Inbox, *, origin: str | None = None, **body: Any) -> Any:
    """POST the session as the panel does."""
    headers = {"Origin": settings.PARLEY_WIDGET_ORIGIN if origin is None else origin}
    return client.post(f"/widget/{inbox.key}/session", body, content_type="application/json", headers=headers)


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
