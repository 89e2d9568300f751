"""Give an operator another role."""

from uuid import UUID

from django.db import transaction

from operators.ceiling import keep_an_owner, require_within_ceiling
from operators.events import OperatorRoleChanged
from operators.models import Operator
from tenants.audit import record
from tenants.events import publish
from tenants.permissions import Actor, Permission, Role, require


@transaction.atomic
def change_role(*, actor: Actor, operator_id: UUID, role: Role) -> Operator:
    """Set the role, which open sockets and pages obey from their next request on.

    Raises:
        PermissionDenied: the actor may not, or the old or the new role is above their own.
        NotFound: no such operator.
        Conflict: it would leave the tenant without an owner.
    """
    require(actor, Permission.WRITE_OPERATORS)
    operator = Operator.locked(operator_id=operator_id)
    require_within_ceiling(actor=actor, role=Role(operator.role))
    require_within_ceiling(actor=actor, role=role)
    if operator.role == role:
        return operator
    if operator.is_active:
        keep_an_owner(operator=operator)
    before, operator.role = operator.role, role
    operator.save(update_fields=["role"])
    record(
        actor=actor,
        action="operator.role_changed",
        target=f"operator:{operator.pk}",
        changes={"role": [before, role.value]},
    )
    publish(OperatorRoleChanged(operator_id=operator.pk, role=role.value))
    return operator
