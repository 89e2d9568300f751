"""Invite somebody by e-mail to answer for the tenant."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from operators.ceiling import require_within_ceiling
from operators.invitation_mail import send_invitation
from operators.models import Invitation, Operator, Team
from operators.models.invitation import token_hash
from tenants.audit import record
from tenants.clock import now
from tenants.errors import Conflict, TooManyRequests
from tenants.ids import secret_token
from tenants.permissions import Actor, ActorKind, Permission, Role, require

LIFETIME: Final = timedelta(days=7)
# Invitations carry text of the sender's choice to strangers: a stolen or spiteful login must not send thousands.
MOST_PER_DAY: Final = 50


@transaction.atomic
def invite_operator(*, actor: Actor, email: str, role: Role, team_id: UUID | None = None) -> Invitation:
    """Send an invitation that expires after seven days.

    Raises:
        PermissionDenied: the actor may not invite, or not with this role.
        NotFound: no such team.
        Conflict: the address belongs to an active operator, or has an open invitation.
        TooManyRequests: the tenant sent 50 within a day.
    """
    require(actor, Permission.WRITE_OPERATORS)
    require_within_ceiling(actor=actor, role=role)
    email = email.strip().lower()
    team = Team.found(team_id=team_id) if team_id else None
    if Operator.objects.filter(user__email=email, is_active=True).exists():
        raise Conflict(_("This person is an operator already."))
    _refuse_or_replace_open_invitation(email=email)
    if Invitation.objects.filter(created_at__gt=now() - timedelta(days=1)).count() >= MOST_PER_DAY:
        raise TooManyRequests(
            _("You have sent many invitations today. Please go on tomorrow."), retry_after=86_400
        )
    token = secret_token()
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        team=team,
        token_hash=token_hash(token),
        invited_by_id=actor.id if actor.kind is ActorKind.OPERATOR else None,
        expires_at=now() + LIFETIME,
    )
    record(
        actor=actor,
        action="operator.invited",
        target=f"invitation:{invitation.pk}",
        changes={"email": email, "role": role.value, "team": team.name if team else None},
    )
    send_invitation(invitation=invitation, token=token, inviter=actor.name)
    return invitation


def _refuse_or_replace_open_invitation(*, email: str) -> None:
    earlier = Invitation.objects.filter(email=email, accepted_at=None, revoked_at=None).first()
    if earlier is None:
        return
    if not earlier.is_expired:
        raise Conflict(_("This address has an open invitation. Send it again from the list below."))
    earlier.revoked_at = now()
    earlier.save(update_fields=["revoked_at"])
