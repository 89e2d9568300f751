"""Availability, profile, teams."""

import pytest

from operators.actions.manage_teams import change_team, create_team, remove_team
from operators.actions.set_availability import set_availability
from operators.actions.update_profile import update_profile
from operators.models import Availability, Operator, Team, TeamMember, User
from tenants.errors import BadRequest, Conflict, NotFound, PermissionDenied
from tenants.permissions import system_actor
from tenants.scoping import TenantId
from tests.cast import Cast
from tests.operators.scenes import audited, nothing_changes, published, within


def test_everybody_sets_their_own_availability(cast: Cast) -> None:
    with within(cast.acme):
        operator = set_availability(
            actor=cast.alice.actor, operator_id=cast.alice.pk, availability=Availability.AWAY
        )
    assert operator.availability == "away"
    assert published(cast.acme) == ["operator.availability_changed"]


def test_an_operator_does_not_set_a_colleagues_availability(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        set_availability(actor=cast.alice.actor, operator_id=cast.bob.pk, availability=Availability.AWAY)


def test_an_admin_sets_a_colleagues_availability(cast: Cast) -> None:
    with within(cast.acme):
        operator = set_availability(
            actor=cast.bob.actor, operator_id=cast.alice.pk, availability=Availability.OFFLINE
        )
    assert operator.availability == "offline"
    assert audited(cast.acme) == [("Bob", "operator.availability_set")]


def test_a_profile_is_saved_and_audited(cast: Cast) -> None:
    with within(cast.acme):
        operator = update_profile(
            actor=cast.alice.actor,
            name="Alice Ames",
            display_name="Alice from Acme",
            language="lt",
            time_zone="Europe/Vilnius",
            notifications={"sound": False, "unknown": True},
        )
    user = User.objects.get(pk=cast.alice.user_id)
    assert (user.name, user.language, user.time_zone) == ("Alice Ames", "lt", "Europe/Vilnius")
    assert operator.display_name == "Alice from Acme"
    assert operator.notifications == {
        "desktop": True,
        "sound": False,
        "mentions": True,
        "daily_report": False,
        "weekly_report": True,
    }
    assert audited(cast.acme) == [("Alice", "profile.changed")]


def test_only_a_person_has_a_profile(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(NotFound):
        update_profile(
            actor=system_actor(TenantId(cast.acme.pk)),
            name="x",
            display_name="x",
            language="en",
            time_zone="UTC",
            notifications={},
        )


def test_a_team_is_made_with_its_members(cast: Cast) -> None:
    with within(cast.acme):
        team = create_team(actor=cast.bob.actor, name=" Sales ", member_ids=[cast.alice.pk, cast.bob.pk])
        members = set(TeamMember.objects.filter(team=team).values_list("operator_id", flat=True))
    assert (team.name, members) == ("Sales", {cast.alice.pk, cast.bob.pk})
    assert audited(cast.acme) == [("Bob", "team.created")]


def test_members_join_and_leave_a_team(cast: Cast) -> None:
    with within(cast.acme):
        team = create_team(actor=cast.bob.actor, name="Sales", member_ids=[cast.alice.pk])
        change_team(actor=cast.bob.actor, team_id=team.pk, name="Sales", member_ids=[cast.bob.pk])
        assert list(TeamMember.objects.values_list("operator_id", flat=True)) == [cast.bob.pk]
    assert audited(cast.acme)[-1] == ("Bob", "team.changed")


def test_a_teams_name_is_taken_once_whatever_its_case(cast: Cast) -> None:
    with within(cast.acme):
        create_team(actor=cast.bob.actor, name="Sales", member_ids=[])
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(Conflict) as refused:
        create_team(actor=cast.bob.actor, name="SALES", member_ids=[])
    assert list(refused.value.errors) == ["name"]


def test_a_team_needs_a_name(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(BadRequest):
        create_team(actor=cast.bob.actor, name="  ", member_ids=[])


def test_another_tenants_operator_joins_no_team(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(NotFound):
        create_team(actor=cast.bob.actor, name="Sales", member_ids=[cast.mallory.pk])


def test_an_operator_makes_no_team(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        create_team(actor=cast.alice.actor, name="Sales", member_ids=[])


def test_a_removed_team_leaves_its_members(cast: Cast) -> None:
    with within(cast.acme):
        team = create_team(actor=cast.bob.actor, name="Sales", member_ids=[cast.alice.pk])
        remove_team(actor=cast.bob.actor, team_id=team.pk)
        assert (Team.objects.count(), TeamMember.objects.count()) == (0, 0)
        assert Operator.objects.filter(pk=cast.alice.pk).exists()


def test_another_tenants_team_does_not_exist(cast: Cast) -> None:
    with within(cast.globex):
        team = Team.objects.create(name="Sales")
    with within(cast.acme):
        with pytest.raises(NotFound):
            remove_team(actor=cast.bob.actor, team_id=team.pk)
        with pytest.raises(NotFound):
            change_team(actor=cast.bob.actor, team_id=team.pk, name="Mine", member_ids=[])
    with within(cast.globex):
        assert Team.objects.get().name == "Sales"
