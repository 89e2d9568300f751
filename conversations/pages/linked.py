"""Pages that a signed link in a mail opens: no log-in, no cookie, in the contact's language."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from tenants.errors import DomainError, Expired, NotFound

View = Callable[..., HttpResponse]


def linked_page(view: View) -> View:
    """Make a view one that a link opens: it finds its own tenant, and its refusals are pages.

    The signature in the address is the permission, so there is no cookie that another site could ride
    on, and no CSRF token to ask for. Robots and caches keep out.
    """

    @csrf_exempt
    @wraps(view)
    def made(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
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
