"""The door of HTTP: finds who asks, opens their tenant's scope around the view, renders refusals."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from channels.db import database_sync_to_async
from django.conf import settings
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tenants.address import client_address
from tenants.audit import acting_from
from tenants.errors import DomainError, NotFound, PermissionDenied, problem
from tenants.permissions import Actor
from tenants.scoping import TenantId, tenant_scope

T = TypeVar("T")
Authenticator = Callable[[HttpRequest], Actor | None]


class TenantRequest(HttpRequest):
    """A request inside a tenant's scope."""

    actor: Actor

    @property
    def tenant_id(self) -> TenantId:
        return self.actor.tenant_id


@cache
def _authenticators() -> tuple[Authenticator, ...]:
    return tuple(import_string(path) for path in settings.PARLEY_AUTHENTICATORS)


def authenticate(request: HttpRequest) -> Actor | None:
    """Return who asks, or None for a stranger. Raises Unauthenticated for credentials that are wrong."""
    for authenticator in _authenticators():
        if actor := authenticator(request):
            return actor
    return None


def request_address(request: HttpRequest) -> str | None:
    """Return the client's network address of a request."""
    return client_address(
        peer=request.META.get("REMOTE_ADDR"),
        forwarded_for=request.META.get("HTTP_X_FORWARDED_FOR", "").split(","),
    )


def problem_response(error: DomainError) -> HttpResponse:
    """Return an error as an RFC 9457 answer."""
    response = JsonResponse(problem(error), status=error.status, content_type="application/problem+json")
    if error.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if error.retry_after is not None:
        response["Retry-After"] = str(max(1, round(error.retry_after)))
    return response


def page_response(error: DomainError) -> HttpResponse:
    """Return an error as a page for a person."""
    context = {
        "status": error.status,
        "title": error.default_detail,
        "detail": "" if error.detail is error.default_detail else error.detail,
        "back": _("Back to the start"),
    }
    return HttpResponse(render_to_string("error.html", context), status=error.status)


async def in_tenant_thread(*, tenant_id: TenantId, work: Callable[[], T]) -> T:
    """Do one step of an answer that is streamed when its view is over: in a scope and transaction of its own."""

    def scoped() -> T:
        with tenant_scope(tenant_id):
            return work()

    return await database_sync_to_async(scoped, thread_sensitive=False)()


class TenantMiddleware:
    """Stands last in MIDDLEWARE: it calls the view itself, inside the scope.

    One request is one transaction. Views marked ``opens_own_scope`` (the widget's, whose tenant is
    told by the address) are left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Run the view as the tenant of whoever asks; without one, let Django run it outside any scope."""
        request.actor = None  # type: ignore[attr-defined]
        with acting_from(request_address(request)):
            return self._answer(request, view, args, kwargs)

    def _answer(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase:
        try:
            if getattr(view, "opens_own_scope", False):
                return view(request, *args, **kwargs)
            actor = authenticate(request)
            request.actor = actor  # type: ignore[attr-defined]
            if actor is None:
                return view(request, *args, **kwargs)
            with tenant_scope(actor.tenant_id):
                return view(request, *args, **kwargs)
        except DomainError as error:
            return self._refuse(request, error)

    def _refuse(self, request: HttpRequest, error: DomainError) -> HttpResponse:
        wants_page = "text/html" in request.headers.get("Accept", "") and not request.path.startswith("/api/")
        if wants_page and isinstance(error, NotFound):
            raise Http404(str(error.detail)) from error
        if wants_page and isinstance(error, PermissionDenied):
            raise DjangoPermissionDenied(str(error.detail)) from error
        return page_response(error) if wants_page else problem_response(error)
