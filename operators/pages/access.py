"""Who may open a page: operators, with the permission it takes. Everybody else is sent where they belong."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from operators.authentication import membership_of
from operators.models import Operator, User
from tenants.http import TenantRequest
from tenants.models import Tenant
from tenants.permissions import ActorKind, Permission, require


class OperatorRequest(TenantRequest):
    """A request of a logged-in operator, inside the tenant's scope."""

    operator: Operator
    tenant: Tenant
    user: User


class PersonRequest(HttpRequest):
    """A request of somebody logged in, who need not work anywhere (yet)."""

    user: User


OperatorView = Callable[..., HttpResponseBase]


def operator_page(permission: Permission | None = None) -> Callable[[OperatorView], OperatorView]:
    """Let operators with ``permission`` in; strangers to the log-in, people without a business to the page for them.

    Raises PermissionDenied, which the middleware answers with the page for it.
    """

    def decorate(view: OperatorView) -> OperatorView:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership = membership_of(request)
            if membership is None:
                return redirect_to_login(request.get_full_path())
            if membership.current is None:
                return redirect("no_business")
            actor = request.actor  # type: ignore[attr-defined]
            if actor is None or actor.kind is not ActorKind.OPERATOR:
                return redirect_to_login(request.get_full_path())
            if permission is not None:
                require(actor, permission)
            inside = cast("OperatorRequest", request)
            inside.operator = membership.current
            inside.tenant = membership.current.tenant
            return view(inside, *args, **kwargs)

        guarded.parley_permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def person_page(view: OperatorView) -> OperatorView:
    """Let everybody who is logged in open the page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded
