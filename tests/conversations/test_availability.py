"""What visitors are told of opening: by the inbox's own hours, its team's, or the business's."""

from datetime import UTC, datetime
from typing import Any

import pytest

from conversations.availability import inbox_state
from conversations.models import Inbox
from operators.actions.manage_teams import change_team, create_team
from operators.models import Team
from operators.team_routing import TeamRouting
from tenants.clock import happening_at
from tenants.errors import BadRequest
from tenants.models import Tenant
from tenants.scoping import tenant_scope
from tests.cast import Cast

# A Wednesday.
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def hours(start: str, end: str, **changed: Any) -> dict[str, Any]:
    return {"time_zone": None, "always": False, "weekly": {"wed": [[start, end]]}, "holidays": []} | changed


def team_with(cast: Cast, business_hours: dict[str, Any] | None) -> Team:
    """A team with these hours, whose conversations come through Acme's widget."""
    with tenant_scope(cast.acme.pk):
        team = create_team(
            actor=cast.bob.actor,
            name="Night",
            member_ids=[cast.alice.pk],
            routing=TeamRouting(business_hours=business_hours),
        )
        Inbox.objects.filter(pk=cast.acme_widget.pk).update(team=team)
    return team


def told(cast: Cast) -> tuple[bool, str | None]:
    with happening_at(NOON), tenant_scope(cast.acme.pk):
        state = inbox_state(inbox_id=cast.acme_widget.pk)
        return state["is_open"], state["next_opening"]


def test_the_hours_of_the_team_come_before_those_of_the_business(cast: Cast) -> None:
    Tenant.objects.filter(pk=cast.acme.pk).update(business_hours=hours("09:00", "17:00"))
    assert told(cast) == (True, None)
    team_with(cast, hours("18:00", "23:00"))
    assert told(cast) == (False, "2026-11-18T18:00:00.000000Z")


def test_the_hours_of_the_inbox_come_before_those_of_its_team(cast: Cast) -> None:
    team_with(cast, hours("18:00", "23:00"))
    with tenant_scope(cast.acme.pk):
        Inbox.objects.filter(pk=cast.acme_widget.pk).update(
            settings={"business_hours": hours("11:00", "13:00")}
        )
    assert told(cast) == (True, None)


def test_a_team_keeps_the_hours_of_its_own_time_zone(cast: Cast) -> None:
    team_with(cast, hours("18:00", "23:00", time_zone="Asia/Tehran"))
    assert told(cast) == (False, "2026-11-18T14:30:00.000000Z")


def test_a_team_without_hours_follows_the_business(cast: Cast) -> None:
    Tenant.objects.filter(pk=cast.acme.pk).update(business_hours=hours("18:00", "23:00"))
    team_with(cast, None)
    assert told(cast) == (False, "2026-11-18T18:00:00.000000Z")


def test_hours_that_are_none_are_refused(cast: Cast) -> None:
    team = team_with(cast, None)
    with tenant_scope(cast.acme.pk), pytest.raises(BadRequest) as refused:
        change_team(
            actor=cast.bob.actor,
            team_id=team.pk,
            name="Night",
            member_ids=[],
            routing=TeamRouting(business_hours=hours("25:00", "26:00")),
        )
    assert set(refused.value.errors) == {"business_hours"}
