"""Pages that a signed link in a mail opens: no log-in, no cookie, in the contact's language."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from tenants.errors import DomainError, Expired, NotFound
from tenants.scoping import TenantId, tenant_scope

View = Callable[[HttpRequest, UUID], HttpResponse]
ReadLink = Callable[[str], tuple[TenantId, UUID]]


def linked_page(read_link: ReadLink) -> Callable[[View], Callable[[HttpRequest, str], HttpResponse]]:
    """Make a view one that a link opens: the link's token names the tenant and what it is about.

    The signature in the address is the permission, so there is no cookie that another site could ride
    on, and no CSRF token to ask for. Refusals are pages; robots and caches keep out.
    """

    def wrapped(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def made(request: HttpRequest, token: str) -> HttpResponse:
            try:
                tenant_id, subject_id = read_link(token)
                with tenant_scope(tenant_id):
                    response = view(request, subject_id)
            except NotFound as error:
                raise Http404(str(error.detail)) from error
            except Expired as error:
                response = shown(request, "conversations/link_expired.html", {}, status=error.status)
            response.headers["Cache-Control"] = "no-store, private"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            return response

        made.opens_own_scope = True  # type: ignore[attr-defined]
        return made

    return wrapped


def shown(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    language: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page in a language (None: the browser's)."""
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language() or "en"
    with translation.override(language):
        response = render(request, template, context, status=status)
    response.headers["Content-Language"] = language
    return response


def problem_text(error: DomainError) -> str:
    """Return what a refusal says to a person."""
    messages = [message for messages in error.errors.values() for message in messages]
    return " ".join(messages) or str(error.detail)
