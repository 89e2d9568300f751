"""Take an operator's access away."""

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import transaction

from operators.ceiling import keep_an_owner, require_within_ceiling
from operators.events import OperatorDeactivated
from operators.models import Availability, Operator, User
from tenants.audit import record
from tenants.events import publish
from tenants.permissions import Actor, Permission, Role, require
from tenants.scoping import lookup


@transaction.atomic
def deactivate_operator(*, actor: Actor, operator_id: UUID) -> Operator:
    """End an operator's access at once: pages by the next request, sockets by the event.

    Their open conversations go back to the queue (conversations reads the event). All their
    sessions end, unless they still work for another tenant: there, nobody here may log them out.

    Raises:
        PermissionDenied: the actor may not, or the operator's role is above their own.
        NotFound: no such operator.
        Conflict: it would leave the tenant without an owner.
    """
    require(actor, Permission.WRITE_OPERATORS)
    operator = Operator.locked(operator_id=operator_id)
    require_within_ceiling(actor=actor, role=Role(operator.role))
    if not operator.is_active:
        return operator
    keep_an_owner(operator=operator)
    operator.is_active = False
    operator.availability = Availability.OFFLINE
    operator.save(update_fields=["is_active", "availability"])
    record(
        actor=actor,
        action="operator.deactivated",
        target=f"operator:{operator.pk}",
        changes={"name": operator.display_name},
    )
    publish(OperatorDeactivated(operator_id=operator.pk))
    _end_sessions_of_a_leaver(user=operator.user)
    return operator


def _end_sessions_of_a_leaver(*, user: User) -> None:
    with lookup(user.pk):
        stays = Operator.across_tenants.filter(user=user, is_active=True).exists()
    if stays:
        return
    for session in UserSession.objects.filter(user=user):
        session.end()
