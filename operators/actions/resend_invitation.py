"""Send an invitation again, with a new link."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from operators.actions.invite_operator import LIFETIME
from operators.ceiling import require_within_ceiling
from operators.invitation_mail import send_invitation
from operators.models import Invitation
from operators.models.invitation import token_hash
from tenants.audit import record
from tenants.clock import now
from tenants.errors import Conflict, TooManyRequests
from tenants.ids import secret_token
from tenants.permissions import Actor, Permission, Role, require

PAUSE: Final = timedelta(minutes=1)


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation_id: UUID) -> Invitation:
    """Mail a fresh link, valid for seven days. The earlier link stops working.

    Raises:
        PermissionDenied: the actor may not invite, or not with the invitation's role.
        NotFound: no such invitation.
        Conflict: it was accepted or revoked.
        TooManyRequests: it was sent less than a minute ago.
    """
    require(actor, Permission.WRITE_OPERATORS)
    invitation = Invitation.locked(invitation_id=invitation_id)
    require_within_ceiling(actor=actor, role=Role(invitation.role))
    if invitation.accepted_at or invitation.revoked_at:
        raise Conflict(_("This invitation is no longer open."))
    wait = invitation.sent_at + PAUSE - now()
    if wait > timedelta(0):
        raise TooManyRequests(
            _("It was sent a moment ago. Please wait a minute."), retry_after=wait.total_seconds()
        )
    token = secret_token()
    invitation.token_hash = token_hash(token)
    invitation.sent_at = now()
    invitation.expires_at = now() + LIFETIME
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    record(actor=actor, action="invitation.resent", target=f"invitation:{invitation.pk}")
    send_invitation(invitation=invitation, token=token, inviter=actor.name)
    return invitation
