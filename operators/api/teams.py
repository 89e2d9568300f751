"""Teams: who answers what together."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework.request import Request

from operators.actions.manage_teams import change_team, create_team, remove_team
from operators.api.bodies import ChangeTeam, CreateTeam
from operators.api.present import team_shape
from operators.api.shapes import TeamPageShape, TeamShape
from operators.models import Team
from operators.team_routing import TeamRouting
from tenants.api.fields import PageQuery
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.errors import NotFound
from tenants.permissions import Permission


def _found(team_id: UUID) -> Team:
    team = Team.objects.prefetch_related("memberships").filter(pk=team_id).first()
    if team is None:
        raise NotFound()
    return team


def _routing(before: TeamRouting, body: dict[str, Any]) -> TeamRouting:
    """Return how a team's conversations find their operators after a request: only what it names changes."""
    named = {field: body[field] for field in before.as_fields() if field in body}
    lists = {field: tuple(value) for field, value in named.items() if isinstance(value, list)}
    return replace(before, **{**named, **lists})


class TeamList(TenantAPIView):
    chapter = "Teams"

    @operation(
        "list_teams",
        "List the teams",
        permission=Permission.READ_OPERATORS,
        query=PageQuery,
        gives=TeamPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """By name."""
        rows = Team.objects.prefetch_related("memberships")
        return listing(rows, order=("name", "pk"), query=query, shape=team_shape)

    @operation(
        "create_team",
        "Make a team",
        permission=Permission.WRITE_OPERATORS,
        body=CreateTeam,
        gives=TeamShape,
        status=201,
        refuses=(404,),
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        team = create_team(
            actor=self.actor,
            name=body["name"],
            member_ids=body["member_ids"],
            routing=_routing(TeamRouting(), body),
        )
        return team_shape(_found(team.pk))


class TeamDetail(TenantAPIView):
    chapter = "Teams"

    @operation(
        "get_team", "Get a team", permission=Permission.READ_OPERATORS, gives=TeamShape, refuses=(404,)
    )
    def get(self, request: Request, team_id: UUID) -> Any:
        return team_shape(_found(team_id))

    @operation(
        "change_team",
        "Change a team",
        permission=Permission.WRITE_OPERATORS,
        body=ChangeTeam,
        gives=TeamShape,
        refuses=(404, 409),
    )
    def patch(self, request: Request, team_id: UUID, body: dict[str, Any]) -> Any:
        team = _found(team_id)
        present = [membership.operator_id for membership in team.memberships.all()]
        change_team(
            actor=self.actor,
            team_id=team_id,
            name=body.get("name", team.name),
            member_ids=body.get("member_ids", present),
            routing=_routing(TeamRouting.of(team), body),
        )
        return team_shape(_found(team_id))

    @operation("remove_team", "Remove a team", permission=Permission.WRITE_OPERATORS, refuses=(404,))
    def delete(self, request: Request, team_id: UUID) -> Any:
        """Its members and conversations stay, without a team."""
        remove_team(actor=self.actor, team_id=team_id)
