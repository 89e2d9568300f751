"""What a browser or a program sees when a request fails outside a view.

Django runs these on a thread of their own, whose database connection nobody gives back: a scanner's 404s once emptied
the pool and stopped the site. So they read no database, and let go of whatever connection something below them took.
"""

import sys
from collections.abc import Callable
from typing import Final

from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.errors import Unavailable

RETRY_SECONDS: Final = 2


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _answer(request, 400, "bad_request", gettext_lazy("This request cannot be understood"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _answer(request, 403, "permission_denied", gettext_lazy("You may not see this page"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or of another session: mostly a page left open over a log-in."""
    return _answer(
        request,
        403,
        "permission_denied",
        gettext_lazy("This form was open for too long"),
        gettext_lazy("Go back, load the page again and send it once more. Allow cookies for this site."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what is missing and for what belongs to somebody else."""
    return _answer(request, 404, "not_found", gettext_lazy("This page does not exist"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when the database went away in the middle: the same request will do in a moment."""
    if isinstance(sys.exception(), InterfaceError | OperationalError):
        answer = _answer(request, 503, "unavailable", Unavailable.default_detail)
        answer["Retry-After"] = str(RETRY_SECONDS)
        return answer
    return _answer(request, 500, "server_error", gettext_lazy("Something went wrong on our side"))


def _answer(
    request: HttpRequest, status: int, code: str, title: Promise, detail: Promise | str = ""
) -> HttpResponse:
    def respond() -> HttpResponse:
        if request.path.startswith("/api/"):
            problem = {
                "type": "about:blank",
                "title": str(title),
                "status": status,
                "detail": str(detail or title),
                "code": code,
            }
            return JsonResponse(problem, status=status, content_type="application/problem+json")
        page = render_to_string(
            "error.html", {"status": status, "title": title, "detail": detail, "back": _("Back to the start")}
        )
        return HttpResponse(page, status=status)

    return _without_connection(respond)


def _without_connection(respond: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return respond()
    finally:
        for connection in connections.all(initialized_only=True):
            # Inside a transaction somebody else on this thread still needs it.
            if not connection.in_atomic_block:
                connection.close()
