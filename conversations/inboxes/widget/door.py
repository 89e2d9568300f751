"""How a request of the widget is let in: by the token it carries. No cookie is looked at."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from redis import Redis

from conversations.visitors import find_visitor
from tenants.permissions import Actor
from tenants.rate_limit import spend
from tenants.scoping import tenant_scope

P = ParamSpec("P")
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def opens_own_scope(view: View) -> View:
    """Mark a view whose tenant is told by the address or by a token, not by who is logged in."""
    view.opens_own_scope = True  # type: ignore[attr-defined]
    return view


def as_visitor(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Run a view as the visitor whose token the request bears, in their tenant's scope and language.

    Raises Unauthenticated without a good token.
    """

    @wraps(view)
    def let_in(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        actor = find_visitor(token=token if kind == "Bearer" else "").actor
        with tenant_scope(actor.tenant_id), translation.override(actor.language or "en"):
            return view(request, actor, *args, **kwargs)

    return opens_own_scope(let_in)


def slow_down(key: str, *, rate: float, burst: int) -> None:
    """Take one of ``burst``, refilled ``rate`` a second. Raises TooManyRequests."""
    with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
        spend(client=client, key=key, rate=rate, burst=burst)
