"""Join the tenant that sent an invitation."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from operators.events import OperatorJoined
from operators.models import Invitation, Operator, TeamMember, User
from tenants.audit import record
from tenants.clock import now
from tenants.errors import Conflict, Expired, PermissionDenied
from tenants.events import publish


@transaction.atomic
def accept_invitation(*, invitation_id: UUID, user: User) -> Operator:
    """Make the user an operator with the invitation's role and team; an invitation works once.

    Whoever was deactivated earlier comes back under their old name and history.

    Raises:
        NotFound: no such invitation in the tenant of the scope.
        Expired: it is past its date, or was revoked.
        Conflict: it was used already, or the user is an operator here already.
        PermissionDenied: it was sent to another address than the user's.
    """
    invitation = Invitation.locked(invitation_id=invitation_id)
    if invitation.accepted_at:
        raise Conflict(_("This invitation was used already."))
    if invitation.revoked_at:
        raise Expired(_("This invitation was taken back."))
    if invitation.is_expired:
        raise Expired(_("This invitation has expired."))
    if user.email.lower() != invitation.email:
        raise PermissionDenied(_("This invitation was sent to another e-mail address."))
    operator = _operator_for(user=user, role=invitation.role)
    invitation.accepted_at = now()
    invitation.save(update_fields=["accepted_at"])
    if invitation.team_id:
        TeamMember.objects.get_or_create(team_id=invitation.team_id, operator=operator)
    record(
        actor=operator.actor,
        action="invitation.accepted",
        target=f"operator:{operator.pk}",
        changes={"role": operator.role},
    )
    publish(OperatorJoined(operator_id=operator.pk, name=operator.display_name, role=operator.role))
    return operator


def _operator_for(*, user: User, role: str) -> Operator:
    operator = Operator.objects.select_for_update().filter(user=user).first()
    if operator is None:
        return Operator.objects.create(
            user=user, role=role, display_name=user.name or user.email.partition("@")[0]
        )
    if operator.is_active:
        raise Conflict(_("You are an operator here already."))
    operator.is_active = True
    operator.role = role
    operator.save(update_fields=["is_active", "role"])
    return operator
