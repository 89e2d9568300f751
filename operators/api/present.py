"""Rows as the shapes of this API. Pure: users and memberships were fetched before."""

from typing import cast

from operators.api.shapes import InvitationShape, OperatorShape, TeamShape
from operators.models import Invitation, Operator, Team
from operators.team_routing import TeamRouting
from tenants.events.registry import iso


def operator_shape(operator: Operator) -> OperatorShape:
    return cast(
        "OperatorShape",
        {
            "id": str(operator.pk),
            "name": operator.display_name,
            "email": operator.user.email,
            "role": operator.role,
            "availability": operator.availability,
            "max_conversations": operator.max_conversations,
            "languages": operator.languages,
            "is_active": operator.is_active,
            "team_ids": [str(membership.team_id) for membership in operator.memberships.all()],
            "last_seen_at": iso(operator.last_seen_at) if operator.last_seen_at else None,
            "created_at": iso(operator.created_at),
        },
    )


def team_shape(team: Team) -> TeamShape:
    return cast(
        "TeamShape",
        {
            "id": str(team.pk),
            "name": team.name,
            "member_ids": [str(membership.operator_id) for membership in team.memberships.all()],
            **TeamRouting.of(team).as_fields(),
            "created_at": iso(team.created_at),
        },
    )


def invitation_shape(invitation: Invitation) -> InvitationShape:
    return cast(
        "InvitationShape",
        {
            "id": str(invitation.pk),
            "email": invitation.email,
            "role": invitation.role,
            "team_id": str(invitation.team_id) if invitation.team_id else None,
            "created_at": iso(invitation.created_at),
            "sent_at": iso(invitation.sent_at),
            "expires_at": iso(invitation.expires_at),
        },
    )
