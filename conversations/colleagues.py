"""Who can be asked to take a conversation, or to help with one: checked, and named."""

from uuid import UUID

from django.utils.translation import gettext as _

from conversations.presence import who_is_known_here
from conversations.queue import ANSWERING_ROLES, available
from operators.models import Availability, Operator, Team, TeamMember
from tenants.errors import BadRequest, Conflict
from tenants.scoping import current_tenant_id


def colleague(*, operator_id: UUID, but: UUID | None) -> Operator:
    """Return an active operator who may answer. Raises BadRequest for anybody else, and for ``but``."""
    found = Operator.objects.filter(pk=operator_id, is_active=True, role__in=ANSWERING_ROLES).select_related(
        "user"
    )
    operator = found.exclude(pk=but).first() if but else found.first()
    if operator is None:
        raise BadRequest(errors={"operator_id": [_("This operator is not available.")]})
    return operator


def require_here(operator: Operator) -> None:
    """Raise Conflict unless the operator is online and has the inbox open; ``detail`` says what else can be done.

    With the broker away nobody knows who is here, and who is set online counts.
    """
    here = who_is_known_here(tenant_id=current_tenant_id(), kind="operator")
    is_here = available([operator], here=[operator.pk] if here is None else here)
    if not is_here:
        raise Conflict(
            _("%(name)s is not here now. The conversation stays where it is; you can assign it instead.")
            % {"name": operator.display_name}
        )


def team_with_somebody(*, team_id: UUID, but: UUID) -> tuple[Team, list[UUID]]:
    """Return a team and its members who may answer, without ``but``.

    Raises BadRequest when there is no such team, Conflict when none of them is here.
    """
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        raise BadRequest(errors={"team_id": [_("There is no such team.")]})
    members = list(
        Operator.objects.filter(
            pk__in=TeamMember.objects.filter(team=team).values("operator_id"),
            is_active=True,
            role__in=ANSWERING_ROLES,
        ).exclude(pk=but)
    )
    here = who_is_known_here(tenant_id=current_tenant_id(), kind="operator")
    online = {one.pk for one in members if one.availability == Availability.ONLINE}
    if not (online if here is None else online & here):
        raise Conflict(
            _("Nobody of %(team)s is here now. The conversation stays where it is.") % {"team": team.name}
        )
    return team, [one.pk for one in members]
