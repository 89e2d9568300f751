"""Every route of the site, what to ask it with, and the rows that a refused request must leave alone.

A new API operation that needs a body has a line in BODIES; a page made with ``operator_page`` needs
none; any other route has a line in OPEN that says why it may answer strangers.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from PIL import Image

from tenants.api.operation import Operation
from tenants.models import Tenant
from tenants.scoping import TenantModel, tenant_scope
from tests.architecture.sources import APPS

Ids = dict[str, Any]


def picture() -> bytes:
    """Return a PNG of 8 by 6 pixels."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "PNG")
    return out.getvalue()


# Operations by name: a body that is accepted, made with the ids of rows that exist.
BODIES: Final[dict[str, Callable[[Ids], dict[str, Any]]]] = {
    "start_conversation": lambda ids: {"inbox_id": ids["inbox_id"], "contact_id": ids["contact_id"]},
    "change_conversation": lambda ids: {
        "operator_id": ids["operator_id"],
        "priority": "high",
        "subject": "A late parcel",
        "language": "lt",
    },
    "assign_conversation": lambda ids: {"operator_id": ids["operator_id"], "team_id": ids["team_id"]},
    "transfer_conversation": lambda ids: {"operator_id": ids["operator_id"], "note": "Please go on here."},
    "invite_to_conversation": lambda ids: {"operator_id": ids["operator_id"]},
    "snooze_conversation": lambda ids: {"until": ids["tomorrow"]},
    "prioritise_conversation": lambda ids: {"priority": "urgent"},
    "tag_conversation": lambda ids: {"tags": ["late", "parcel"]},
    "mark_conversation_spam": lambda ids: {"is_spam": True},
    "mark_conversation_read": lambda ids: {"position": 2},
    "send_message": lambda ids: {
        "text": "Hello",
        "kind": "note",
        "mentions": [ids["operator_id"], ids["team_id"]],
    },
    "read_notifications": lambda ids: {"conversation_id": ids["conversation_id"]},
    "create_contact": lambda ids: {"name": "Carl"},
    "change_contact": lambda ids: {"name": "Carla"},
    "block_contact": lambda ids: {"until": ids["tomorrow"], "note": "Rude"},
    "block_network": lambda ids: {"network": "203.0.113.0/24"},
    "tag_contact": lambda ids: {"tags": ["vip", "parcel"]},
    "create_inbox": lambda ids: {"name": "Shop", "team_id": ids["team_id"]},
    "change_inbox": lambda ids: {"name": "Shop", "team_id": ids["team_id"]},
    "create_tag": lambda ids: {"name": "late"},
    "change_tag": lambda ids: {"name": "early"},
    "create_view": lambda ids: {
        "name": "Late parcels",
        "filter": {"all": [{"field": "team", "op": "is", "value": [ids["team_id"]]}]},
        "is_shared": True,
    },
    "change_view": lambda ids: {
        "name": "Parcels",
        "filter": {"all": [{"field": "tag", "op": "has", "value": [ids["tag_id"]]}]},
    },
    "order_views": lambda ids: {"ids": [ids["view_id"]]},
    "create_canned_reply": lambda ids: {
        "shortcut": "bye",
        "title": "Bye",
        "text": "Good bye",
        "team_id": ids["team_id"],
    },
    "change_canned_reply": lambda ids: {"title": "Hi there", "team_id": ids["team_id"]},
    "create_macro": lambda ids: {"name": "Close", "status": "resolved", "team_id": ids["team_id"]},
    "change_macro": lambda ids: {"name": "End", "assigns": "team", "to_team_id": ids["team_id"]},
    "run_macro": lambda ids: {"macro_id": ids["macro_id"]},
    "create_article": lambda ids: {"category_id": ids["category_id"], "pages": ["/delivery*"]},
    "change_article": lambda ids: {"category_id": ids["category_id"], "order": 3},
    "write_article_text": lambda ids: {"title": "Delivery", "body": "In two days."},
    "create_article_category": lambda ids: {"names": {"en": "Payment"}},
    "change_article_category": lambda ids: {"order": 7},
    "upload_article_image": lambda ids: {},
    "upload_attachment": lambda ids: {"conversation_id": ids["conversation_id"]},
    "set_own_availability": lambda ids: {"availability": "away"},
    "set_availability": lambda ids: {"availability": "away"},
    "change_operator": lambda ids: {"role": "manager"},
    "invite_operator": lambda ids: {"email": "new@shop.example", "team_id": ids["team_id"]},
    "create_team": lambda ids: {"name": "Night", "member_ids": [ids["operator_id"]]},
    "change_team": lambda ids: {"name": "Day", "member_ids": [ids["operator_id"]]},
    "change_settings": lambda ids: {"name": "Renamed"},
    "create_api_key": lambda ids: {"name": "CRM", "permissions": ["api_keys:write"]},
}
# Operations by name: what the address must carry.
QUERIES: Final[dict[str, dict[str, str]]] = {
    "search": {"q": "parcel"},
    "count_filter": {"filter": '{"all": [{"field": "unread", "op": "is", "value": true}]}'},
}
# Operations by name: the file that is uploaded, where it must be of a kind.
FILES: Final[dict[str, dict[str, Any]]] = {"upload_article_image": {"name": "cup.png", "content": picture()}}

# Routes that answer without a log-in, by name, each with its reason.
OPEN: Final = {
    "healthz": "says that the process lives, and nothing else",
    "readyz": "says what works, and nothing of anybody",
    "file": "asks for a signature that expires",
    "article_image": "asks for a signature that expires",
    "widget_articles": "tells what is published for every visitor",
    "widget_article": "tells what is published for every visitor",
    "widget_article_vote": "asks for a visitor's token",
    "widget_article_screen": "asks for a visitor's token",
    "widget_screen": "asks for a visitor's token",
    "widget_loader": "is meant for every visitor",
    "widget_more": "is a script",
    "widget_panel": "is meant for every visitor of the inbox whose public key it has",
    "widget_session": "gives a visitor their session",
    "widget_upload": "asks for a visitor's token",
    "widget_messages": "asks for a visitor's token",
    "widget_transcript": "asks for a visitor's token",
    "hosted_chat": "is meant for every visitor",
    "widget_manual": "explains the widget to whoever builds a site; shows the demo tenant only",
    "widget_types": "are types",
    "demo_shop_start": "shows the demo tenant only",
    "demo_shop": "shows the demo tenant only",
    "survey": "asks for a signature that expires",
    "unsubscribe": "asks for a signature",
    "invitation": "asks for the token of a mail",
    "account_signup": "is where a business begins",
    "no_business": "is for people who work nowhere yet",
    "landing": "sends people where they belong",
    "set_language": "sets a cookie",
    "report_stop": "asks for the signature of a mail",
    "switch_tenant": "asks where a person works, not as whom",
    "api_schema": "describes the API",
    "api_docs": "describes the API",
    "mfa_index": "is about a person, not a tenant",
    "end_session": "is about a person, not a tenant",
    "end_other_sessions": "is about a person, not a tenant",
}
# Log-in and its kin are allauth's, and about people; caught mail is there on a developer's machine alone.
NOT_OURS: Final = ("accounts/", "mail/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route: its path as written, and the names of what stands in it."""

    path: str
    name: str
    view: Any
    arguments: tuple[str, ...]

    def address(self, ids: Ids) -> str:
        """Return the address with these ids. Raises KeyError for an argument that no world has."""
        made = self.path
        for part in self.path.split("<")[1:]:
            marker = part.partition(">")[0]
            made = made.replace(f"<{marker}>", str(ids[marker.rpartition(":")[2]]))
        return f"/{made}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A method of an API route."""

    route: Route
    method: str
    operation: Operation

    def __str__(self) -> str:
        return f"{self.method} {self.route.path}"

    def body(self, ids: Ids) -> Any:
        """Return a body that is accepted, None where none is taken."""
        if self.operation.body is None and not self.operation.files:
            return None
        make = BODIES.get(self.operation.name)
        return make(ids) if make else {}


def all_routes() -> Iterator[Route]:
    """Yield every route of the site but those."""
    yield from (route for route in _walk(get_resolver(), "") if not route.path.startswith(NOT_OURS))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path)
        elif isinstance(entry, URLPattern):
            assert isinstance(entry.pattern, RoutePattern) or path.startswith(NOT_OURS)
            names = tuple(getattr(entry.pattern, "converters", ()))
            yield Route(path=path, name=entry.name or "", view=entry.callback, arguments=names)


def endpoints() -> list[Endpoint]:
    """Return every method of every API route."""
    made = []
    for route in all_routes():
        kind = getattr(route.view, "view_class", None)
        for method in ("get", "post", "put", "patch", "delete"):
            operation = getattr(getattr(kind, method, None), "operation", None)
            if operation is not None:
                made.append(Endpoint(route=route, method=method.upper(), operation=operation))
    return made


def pages() -> list[Route]:
    """Return every route that operators alone may open."""
    return [route for route in all_routes() if hasattr(route.view, "parley_permission")]


def fingerprint(tenants: list[Tenant]) -> dict[str, str]:
    """Return a hash of all the rows of each table, by tenant and table."""
    own = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    by_tenant = sorted(model._meta.db_table for model in own if issubclass(model, TenantModel))
    common = sorted(model._meta.db_table for model in own if not issubclass(model, TenantModel))
    made: dict[str, str] = {}
    for tenant in tenants:
        with tenant_scope(UUID(str(tenant.pk))):
            made |= {f"{tenant.name} {table}": value for table, value in _hashes(by_tenant)}
    return made | dict(_hashes(common))


def _hashes(tables: list[str]) -> list[tuple[str, str]]:
    statement = " UNION ALL ".join(
        f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM {table} t"  # noqa: S608
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [(row[0], row[1]) for row in cursor.fetchall()]
