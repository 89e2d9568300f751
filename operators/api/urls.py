"""The API's routes of this app, below /api/v1/."""

from django.urls import URLPattern, path

from operators.api import people
from operators.api.invitations import InvitationDetail, InvitationList, ResendView
from operators.api.teams import TeamDetail, TeamList

ONE = "operators/<uuid:operator_id>"

urlpatterns: list[URLPattern] = [
    path("me", people.Me.as_view(), name="api_me"),
    path("operators", people.OperatorList.as_view(), name="api_operators"),
    path(ONE, people.OperatorDetail.as_view(), name="api_operator"),
    path(f"{ONE}/availability", people.AvailabilityView.as_view(), name="api_availability"),
    path(f"{ONE}/deactivate", people.DeactivateView.as_view(), name="api_deactivate"),
    path(f"{ONE}/reactivate", people.ReactivateView.as_view(), name="api_reactivate"),
    path("teams", TeamList.as_view(), name="api_teams"),
    path("teams/<uuid:team_id>", TeamDetail.as_view(), name="api_team"),
    path("invitations", InvitationList.as_view(), name="api_invitations"),
    path("invitations/<uuid:invitation_id>", InvitationDetail.as_view(), name="api_invitation"),
    path("invitations/<uuid:invitation_id>/resend", ResendView.as_view(), name="api_resend_invitation"),
]
