"""Reads about people."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from operators.avatars import initials, tint
from operators.ceiling import may_grant
from operators.models import Invitation, Operator, Team, TeamMember
from tenants.permissions import Actor, Permission, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """An operator in the list of people, and whether the asking actor may change them."""

    operator: Operator
    teams: Sequence[str]
    is_self: bool
    can_change: bool

    @property
    def initials(self) -> str:
        return initials(self.operator.display_name)

    @property
    def tint(self) -> int:
        return tint(str(self.operator.pk))


def operators_with_teams() -> QuerySet[Operator]:
    """Return all operators of the tenant, active ones first, with user and teams loaded."""
    memberships = TeamMember.objects.select_related("team").order_by("team__name")
    return (
        Operator.objects.select_related("user")
        .prefetch_related(Prefetch("memberships", queryset=memberships))
        .order_by("-is_active", "display_name", "pk")
    )


def people(*, actor: Actor) -> list[PersonRow]:
    """Return the rows of the list of people, as ``actor`` sees it."""
    may_write = actor.may(Permission.WRITE_OPERATORS)
    return [
        PersonRow(
            operator=operator,
            teams=[membership.team.name for membership in operator.memberships.all()],
            is_self=operator.pk == actor.id,
            can_change=may_write and may_grant(actor=actor, role=Role(operator.role)),
        )
        for operator in operators_with_teams()
    ]


def open_invitations() -> QuerySet[Invitation]:
    """Return invitations neither accepted nor taken back, the newest first; expired ones too."""
    return (
        Invitation.objects.filter(accepted_at=None, revoked_at=None)
        .select_related("team", "invited_by")
        .order_by("-created_at")
    )


def teams_with_members() -> QuerySet[Team]:
    """Return all teams by name, each with its active members loaded as ``active_memberships``."""
    memberships = (
        TeamMember.objects.filter(operator__is_active=True)
        .select_related("operator")
        .order_by("operator__display_name")
    )
    return Team.objects.prefetch_related(
        Prefetch("memberships", queryset=memberships, to_attr="active_memberships")
    ).order_by("name", "pk")


def team_choices() -> list[tuple[str, str]]:
    """Return (id, name) of every team, by name."""
    return [(str(pk), name) for pk, name in Team.objects.order_by("name").values_list("pk", "name")]


def active_operator_choices() -> list[tuple[str, str]]:
    """Return (id, name) of every active operator, by name."""
    active = Operator.objects.filter(is_active=True).order_by("display_name", "pk")
    return [(str(pk), name) for pk, name in active.values_list("pk", "display_name")]


def member_ids(*, team_id: UUID) -> list[str]:
    """Return the ids of a team's members."""
    return [
        str(pk) for pk in TeamMember.objects.filter(team_id=team_id).values_list("operator_id", flat=True)
    ]
