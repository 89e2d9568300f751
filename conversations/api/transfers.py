"""Handing a conversation over, and asking a colleague to help."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.request import Request

from conversations.actions.transfer import invite_colleague, transfer_to_operator, transfer_to_team
from conversations.api.bodies import AskToHelp, Transfer
from conversations.api.changes import ChangeView, change
from tenants.errors import BadRequest


class TransferView(ChangeView):
    @change("transfer_conversation", "Hand a conversation over", body=Transfer, refuses=(404, 409))
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        """To a colleague, who has 30 seconds to accept, or to a team. Until it is accepted it is one's own.

        For operators. 409 when the colleague, or everybody of the team, is not here; `detail` says so.
        """
        operator_id, team_id = body.get("operator_id"), body.get("team_id")
        about: dict[str, Any] = {
            "actor": self.actor,
            "conversation_id": conversation_id,
            "note": body["note"],
        }
        if operator_id and not team_id:
            transfer_to_operator(**about, operator_id=operator_id)
        elif team_id and not operator_id:
            transfer_to_team(**about, team_id=team_id)
        else:
            raise BadRequest(errors={"operator_id": [_("Name an operator or a team.")]})


class InviteView(ChangeView):
    @change("invite_to_conversation", "Ask a colleague to help", body=AskToHelp)
    def post(self, request: Request, conversation_id: UUID, body: dict[str, Any]) -> None:
        """They are told, and the conversation stays with whoever has it."""
        invite_colleague(
            actor=self.actor,
            conversation_id=conversation_id,
            operator_id=body["operator_id"],
            note=body["note"],
        )
