"""Let a deactivated operator in again."""

from uuid import UUID

from django.db import transaction

from operators.ceiling import require_within_ceiling
from operators.events import OperatorJoined
from operators.models import Operator
from tenants.audit import record
from tenants.events import publish
from tenants.permissions import Actor, Permission, Role, require


@transaction.atomic
def reactivate_operator(*, actor: Actor, operator_id: UUID) -> Operator:
    """Give access back with the role held before.

    Raises:
        PermissionDenied: the actor may not, or the operator's role is above their own.
        NotFound: no such operator.
    """
    require(actor, Permission.WRITE_OPERATORS)
    operator = Operator.locked(operator_id=operator_id)
    require_within_ceiling(actor=actor, role=Role(operator.role))
    if operator.is_active:
        return operator
    operator.is_active = True
    operator.save(update_fields=["is_active"])
    record(
        actor=actor,
        action="operator.reactivated",
        target=f"operator:{operator.pk}",
        changes={"name": operator.display_name},
    )
    publish(OperatorJoined(operator_id=operator.pk, name=operator.display_name, role=operator.role))
    return operator
