"""The operators' part of a sign-up: the tenant exists, its first person becomes the owner."""

from django.db import transaction

from operators.events import OperatorJoined
from operators.models import Availability, Operator, User
from tenants.audit import record
from tenants.events import publish
from tenants.permissions import Role


@transaction.atomic
def make_owner(*, user: User) -> Operator:
    """Make the user the first owner of the tenant of the open scope.

    Whoever signs a business up opens its inbox next, so they begin online.
    """
    operator = Operator.objects.create(
        user=user,
        role=Role.OWNER,
        display_name=user.name or user.email.partition("@")[0],
        availability=Availability.ONLINE,
    )
    record(actor=operator.actor, action="tenant.created", target=f"tenant:{operator.tenant_id}")
    publish(OperatorJoined(operator_id=operator.pk, name=operator.display_name, role=operator.role))
    return operator
