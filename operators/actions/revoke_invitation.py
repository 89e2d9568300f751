"""Take an invitation back."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from operators.ceiling import require_within_ceiling
from operators.models import Invitation
from tenants.audit import record
from tenants.clock import now
from tenants.errors import Conflict
from tenants.permissions import Actor, Permission, Role, require


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation_id: UUID) -> Invitation:
    """End an open invitation: its link says so from now on. Revoking twice changes nothing.

    Raises:
        PermissionDenied: the actor may not invite, or not with the invitation's role.
        NotFound: no such invitation.
        Conflict: it was accepted; deactivate the operator instead.
    """
    require(actor, Permission.WRITE_OPERATORS)
    invitation = Invitation.locked(invitation_id=invitation_id)
    require_within_ceiling(actor=actor, role=Role(invitation.role))
    if invitation.accepted_at:
        raise Conflict(_("This invitation was accepted. Deactivate the operator instead."))
    if invitation.revoked_at:
        return invitation
    invitation.revoked_at = now()
    invitation.save(update_fields=["revoked_at"])
    record(
        actor=actor,
        action="invitation.revoked",
        target=f"invitation:{invitation.pk}",
        changes={"email": invitation.email},
    )
    return invitation
