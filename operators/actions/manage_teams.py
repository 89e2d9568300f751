"""Make, rename and remove teams, and say who is in them."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from operators.models import Operator, Team, TeamMember
from operators.team_routing import TeamRouting
from tenants.audit import record
from tenants.errors import BadRequest, Conflict, NotFound
from tenants.permissions import Actor, Permission, require


@transaction.atomic
def create_team(
    *, actor: Actor, name: str, member_ids: Collection[UUID], routing: TeamRouting | None = None
) -> Team:
    """Make a team of some operators. Without ``routing`` they pick their conversations by hand.

    Raises PermissionDenied, BadRequest (name, routing), Conflict (the name is taken), NotFound (an operator is not of
    this tenant).
    """
    require(actor, Permission.WRITE_OPERATORS)
    routing = routing or TeamRouting()
    routing.check()
    team = Team(name=name.strip(), **routing.as_fields())
    _save(team)
    _set_members(team, member_ids)
    record(actor=actor, action="team.created", target=f"team:{team.pk}", changes={"name": [None, team.name]})
    return team


@transaction.atomic
def change_team(
    *,
    actor: Actor,
    team_id: UUID,
    name: str,
    member_ids: Collection[UUID],
    routing: TeamRouting | None = None,
) -> Team:
    """Rename a team, set its members and how its conversations find them; no ``routing`` leaves that as it is.

    Raises PermissionDenied, BadRequest (name, routing), NotFound (team or operator), Conflict (the name is taken).
    """
    require(actor, Permission.WRITE_OPERATORS)
    team = Team.found(team_id=team_id)
    before, team.name = team.name, name.strip()
    was, wanted = TeamRouting.of(team).as_fields(), (routing or TeamRouting.of(team)).as_fields()
    if routing:
        routing.check()
    for field, value in wanted.items():
        setattr(team, field, value)
    _save(team)
    joined, left = _set_members(team, member_ids)
    changes = {
        **({"name": [before, team.name]} if before != team.name else {}),
        **{field: [was[field], value] for field, value in wanted.items() if was[field] != value},
        **({"joined": joined} if joined else {}),
        **({"left": left} if left else {}),
    }
    if changes:
        record(actor=actor, action="team.changed", target=f"team:{team.pk}", changes=changes)
    return team


@transaction.atomic
def remove_team(*, actor: Actor, team_id: UUID) -> None:
    """Remove a team; its members and conversations stay, without a team. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_OPERATORS)
    team = Team.found(team_id=team_id)
    record(actor=actor, action="team.removed", target=f"team:{team.pk}", changes={"name": [team.name, None]})
    team.delete()


def _save(team: Team) -> None:
    if not team.name:
        raise BadRequest(errors={"name": [_("Please enter a name.")]})
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise Conflict(errors={"name": [_("A team has this name already.")]}) from error


def _set_members(team: Team, member_ids: Collection[UUID]) -> tuple[list[str], list[str]]:
    wanted = {operator.pk: operator for operator in Operator.objects.filter(pk__in=member_ids)}
    if len(wanted) != len(set(member_ids)):
        raise NotFound
    present = {
        membership.operator_id: membership
        for membership in TeamMember.objects.filter(team=team).select_related("operator")
    }
    joined = [wanted[pk] for pk in wanted.keys() - present.keys()]
    left = [present[pk] for pk in present.keys() - wanted.keys()]
    for operator in joined:
        TeamMember.objects.create(team=team, operator=operator)
    for membership in left:
        membership.delete()
    return (
        sorted(operator.display_name for operator in joined),
        sorted(membership.operator.display_name for membership in left),
    )
