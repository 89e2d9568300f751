"""Who a logged-in person is: the door between Django's session and an operator."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest

from operators.models import Operator
from tenants.permissions import Actor
from tenants.scoping import lookup

SESSION_KEY: Final = "tenant_id"
# When the list of sessions was last told that this one is in use (seconds since the epoch).
NOTED_KEY: Final = "last_noted_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The active operators of one user, one per tenant, and the one the session works as."""

    operators: tuple[Operator, ...]
    current: Operator | None


def session_principal(request: HttpRequest) -> Actor | None:
    """Return the actor of the session's user at the tenant it has chosen; None for a stranger.

    Asked anew on every request, so that a change of role and a deactivation hold at once.
    """
    membership = membership_of(request)
    return membership.current.actor if membership and membership.current else None


def membership_of(request: HttpRequest) -> Membership | None:
    """Return where the session's user works; None when nobody is logged in. One query per request."""
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return None
    found: Membership | None = getattr(request, "parley_membership", None)
    if found is None:
        operators = operators_of(user_id=request.user.id)
        chosen = request.session.get(SESSION_KEY)
        found = Membership(operators=operators, current=_choose(operators, chosen))
        request.parley_membership = found  # type: ignore[attr-defined]
    return found


def operators_of(*, user_id: UUID) -> tuple[Operator, ...]:
    """Return a user's active operators of every tenant, the oldest first, with tenant and user loaded."""
    with lookup(user_id):
        return tuple(
            Operator.across_tenants.filter(user_id=user_id, is_active=True, user__is_active=True)
            .select_related("tenant", "user")
            .order_by("created_at")
        )


def work_for(request: HttpRequest, tenant_id: UUID) -> None:
    """Let the session work for a tenant from now on, under a new key: the caller has checked that it may.

    What was opened under the old key, a page or a socket, cannot go on under this one. The list of
    sessions gets the new key with the next request.
    """
    request.session[SESSION_KEY] = str(tenant_id)
    request.session.pop(NOTED_KEY, None)
    request.session.cycle_key()


def _choose(operators: tuple[Operator, ...], tenant_id: str | None) -> Operator | None:
    for operator in operators:
        if str(operator.tenant_id) == tenant_id:
            return operator
    return operators[0] if operators else None
