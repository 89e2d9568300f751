"""The role ceiling: nobody hands out, changes or removes more than they have themselves."""

from django.utils.translation import gettext as _

from operators.models import Operator
from tenants.errors import Conflict, PermissionDenied
from tenants.permissions import ROLE_PERMISSIONS, Actor, Role


def may_grant(*, actor: Actor, role: Role) -> bool:
    """Tell whether everything the role allows is allowed to the actor as well."""
    return ROLE_PERMISSIONS[role] <= actor.permissions


def grantable_roles(*, actor: Actor) -> list[Role]:
    """Return the roles the actor may hand out, from the highest down."""
    return [role for role in Role if may_grant(actor=actor, role=role)]


def require_within_ceiling(*, actor: Actor, role: Role) -> None:
    """Raise PermissionDenied when the role reaches above the actor's own permissions."""
    if not may_grant(actor=actor, role=role):
        raise PermissionDenied(_("You cannot give, change or remove a role above your own."))


def keep_an_owner(*, operator: Operator) -> None:
    """Raise Conflict when no other active owner would be left.

    Every owner's row is locked, so that two owners who demote each other at the same moment
    cannot both succeed.
    """
    if operator.role != Role.OWNER:
        return
    owners = Operator.objects.select_for_update().filter(role=Role.OWNER, is_active=True).order_by("pk")
    if not any(owner.pk != operator.pk for owner in owners):
        raise Conflict(_("This is the last owner. Make somebody else an owner first."))
