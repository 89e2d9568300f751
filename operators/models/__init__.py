"""People who answer, the teams they form and the invitations they get."""

from operators.models.invitation import Invitation
from operators.models.operator import NOTIFICATIONS, Availability, Operator
from operators.models.team import AssignmentMode, Team, TeamMember
from operators.models.user import User

__all__ = [
    "NOTIFICATIONS",
    "AssignmentMode",
    "Availability",
    "Invitation",
    "Operator",
    "Team",
    "TeamMember",
    "User",
]
