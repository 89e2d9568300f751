"""Invitations to answer for the tenant."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from rest_framework.request import Request

from operators.actions.invite_operator import invite_operator
from operators.actions.resend_invitation import resend_invitation
from operators.actions.revoke_invitation import revoke_invitation
from operators.api.bodies import Invite
from operators.api.present import invitation_shape
from operators.api.shapes import InvitationPageShape, InvitationShape
from operators.models import Invitation
from tenants.api.fields import Nothing, PageQuery
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.errors import BadRequest
from tenants.permissions import Permission, Role


class InvitationList(TenantAPIView):
    chapter = "Operators"

    @operation(
        "list_invitations",
        "List the open invitations",
        permission=Permission.WRITE_OPERATORS,
        query=PageQuery,
        gives=InvitationPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """The newest first, expired ones too."""
        rows = Invitation.objects.filter(accepted_at=None, revoked_at=None)
        return listing(rows, order=("-created_at", "-pk"), query=query, shape=invitation_shape)

    @operation(
        "invite_operator",
        "Invite somebody by e-mail",
        permission=Permission.WRITE_OPERATORS,
        body=Invite,
        gives=InvitationShape,
        status=201,
        refuses=(404,),
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        """The link is in the mail alone, and works for seven days."""
        try:
            validate_email(body["email"])
        except ValidationError as error:
            raise BadRequest(errors={"email": [_("Enter a valid e-mail address.")]}) from error
        invitation = invite_operator(
            actor=self.actor, email=body["email"], role=Role(body["role"]), team_id=body["team_id"]
        )
        return invitation_shape(invitation)


class InvitationDetail(TenantAPIView):
    chapter = "Operators"

    @operation(
        "revoke_invitation",
        "Take an invitation back",
        permission=Permission.WRITE_OPERATORS,
        refuses=(404, 409),
    )
    def delete(self, request: Request, invitation_id: UUID) -> Any:
        revoke_invitation(actor=self.actor, invitation_id=invitation_id)


class ResendView(TenantAPIView):
    chapter = "Operators"

    @operation(
        "resend_invitation",
        "Send an invitation again",
        permission=Permission.WRITE_OPERATORS,
        body=Nothing,
        gives=InvitationShape,
        refuses=(404,),
    )
    def post(self, request: Request, invitation_id: UUID, body: dict[str, Any]) -> Any:
        """With a new link; the earlier one stops working."""
        return invitation_shape(resend_invitation(actor=self.actor, invitation_id=invitation_id))
