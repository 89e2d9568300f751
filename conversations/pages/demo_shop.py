"""A shop that does not exist, carrying the demo tenant's widget: where one tries the visitor's side."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from conversations.inboxes.widget.config import NAMES
from conversations.inboxes.widget.door import opens_own_scope
from conversations.models import Inbox
from tenants.errors import NotFound
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope

# What a shop's site needs to carry the widget: the script and the frame, from one origin.
POLICY = (
    "default-src 'none'; style-src {own}; img-src {own} data:; script-src {widget}; frame-src {widget};"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def demo_inbox() -> Inbox:
    """Return the demo tenant's widget. Raises NotFound where there is no demo."""
    demo = Tenant.objects.filter(is_demo=True).order_by("created_at").first()
    if demo is None:
        raise NotFound()
    with tenant_scope(TenantId(demo.pk)):
        found = Inbox.objects.filter(kind=Inbox.Kind.WIDGET, is_enabled=True).order_by("created_at").first()
    if found is None:
        raise NotFound()
    return found


@opens_own_scope
@require_safe
def demo_shop(request: HttpRequest, language: str = "en") -> HttpResponse:
    """``/demo/LANGUAGE/``: the shop in one of our languages. Raises NotFound without a demo tenant."""
    inbox = demo_inbox()
    if language not in NAMES:
        return redirect("demo_shop", language="en")
    with translation.override(language):
        response = render(
            request,
            "demo_shop/shop.html",
            {"inbox": inbox, "origin": settings.PARLEY_WIDGET_ORIGIN, "languages": NAMES.items()},
        )
    response["Content-Security-Policy"] = POLICY.format(
        own=settings.PARLEY_ORIGIN, widget=settings.PARLEY_WIDGET_ORIGIN
    )
    response["Content-Language"] = language
    response["Cache-Control"] = "no-cache"
    return response
