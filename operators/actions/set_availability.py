"""Say whether an operator can take conversations."""

from uuid import UUID

from django.db import transaction

from operators.events import OperatorAvailabilityChanged
from operators.models import Availability, Operator
from tenants.audit import record
from tenants.events import publish
from tenants.permissions import Actor, ActorKind, Permission, require


@transaction.atomic
def set_availability(
    *, actor: Actor, operator_id: UUID, availability: Availability, by_itself: bool = False
) -> Operator:
    """Set one's own availability, or that of another with the permission to manage operators.

    ``by_itself``: nobody chose it; it follows from whether the operator is there.

    Raises:
        PermissionDenied: it is somebody else's and the actor may not manage operators.
        NotFound: no such active operator.
    """
    if not (actor.kind is ActorKind.OPERATOR and actor.id == operator_id):
        require(actor, Permission.WRITE_OPERATORS)
    operator = Operator.locked(operator_id=operator_id)
    if not operator.is_active:
        return operator
    before, operator.availability = operator.availability, availability
    operator.is_away_by_itself = by_itself and availability == Availability.AWAY
    operator.save(update_fields=["availability", "is_away_by_itself"])
    if before == availability:
        return operator
    if actor.id != operator_id and not by_itself:
        changes = {"availability": [before, availability.value]}
        record(
            actor=actor, action="operator.availability_set", target=f"operator:{operator_id}", changes=changes
        )
    publish(OperatorAvailabilityChanged(operator_id=operator.pk, availability=availability.value))
    return operator
