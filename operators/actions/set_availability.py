"""Say whether an operator can take conversations."""

from uuid import UUID

from django.db import transaction

from operators.events import OperatorAvailabilityChanged
from operators.models import Availability, Operator
from tenants.events import publish
from tenants.permissions import Actor, ActorKind, Permission, require


@transaction.atomic
def set_availability(*, actor: Actor, operator_id: UUID, availability: Availability) -> Operator:
    """Set one's own availability, or that of another with the permission to manage operators.

    Raises:
        PermissionDenied: it is somebody else's and the actor may not manage operators.
        NotFound: no such active operator.
    """
    if not (actor.kind is ActorKind.OPERATOR and actor.id == operator_id):
        require(actor, Permission.WRITE_OPERATORS)
    operator = Operator.locked(operator_id=operator_id)
    if operator.availability == availability or not operator.is_active:
        return operator
    operator.availability = availability
    operator.save(update_fields=["availability"])
    publish(OperatorAvailabilityChanged(operator_id=operator.pk, availability=availability.value))
    return operator
