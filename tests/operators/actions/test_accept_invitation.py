"""Joining a tenant."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from operators.actions.accept_invitation import accept_invitation
from operators.actions.deactivate_operator import deactivate_operator
from operators.actions.invite_operator import invite_operator
from operators.actions.revoke_invitation import revoke_invitation
from operators.models import Invitation, Operator, Team, TeamMember, User
from tenants.errors import Conflict, Expired, NotFound, PermissionDenied
from tenants.permissions import Role
from tests.cast import Cast
from tests.operators.scenes import audited, nothing_changes, published, within


def invite(cast: Cast, email: str, *, role: Role = Role.MANAGER, team: Team | None = None) -> Invitation:
    with within(cast.acme):
        return invite_operator(
            actor=cast.bob.actor, email=email, role=role, team_id=team.pk if team else None
        )


def test_whoever_accepts_gets_the_role_and_the_team(cast: Cast) -> None:
    with within(cast.acme):
        team = Team.objects.create(name="Sales")
    carol = User.objects.create_user("carol@acme.example", name="Carol")
    invitation = invite(cast, "carol@acme.example", team=team)
    with within(cast.acme):
        operator = accept_invitation(invitation_id=invitation.pk, user=carol)
        assert list(TeamMember.objects.values_list("team_id", "operator_id")) == [(team.pk, operator.pk)]
    assert (operator.role, operator.display_name, operator.is_active) == ("manager", "Carol", True)
    assert audited(cast.acme)[-1] == ("Carol", "invitation.accepted")
    assert published(cast.acme)[-1] == "operator.joined"


def test_an_operator_of_one_tenant_can_join_another(cast: Cast) -> None:
    invitation = invite(cast, "mallory@globex.example")
    with within(cast.acme):
        operator = accept_invitation(invitation_id=invitation.pk, user=cast.mallory.user)
    assert (operator.tenant_id, cast.mallory.tenant_id) == (cast.acme.pk, cast.globex.pk)


def test_an_invitation_works_once(cast: Cast) -> None:
    invitation = invite(cast, "mallory@globex.example")
    with within(cast.acme):
        accept_invitation(invitation_id=invitation.pk, user=cast.mallory.user)
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(Conflict, match="used already"):
        accept_invitation(invitation_id=invitation.pk, user=cast.mallory.user)


def test_an_invitation_is_for_its_address_alone(cast: Cast) -> None:
    invitation = invite(cast, "carol@acme.example")
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        accept_invitation(invitation_id=invitation.pk, user=cast.mallory.user)


def test_a_revoked_invitation_lets_nobody_in(cast: Cast) -> None:
    invitation = invite(cast, "mallory@globex.example")
    with within(cast.acme):
        revoke_invitation(actor=cast.bob.actor, invitation_id=invitation.pk)
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(Expired, match="taken back"):
        accept_invitation(invitation_id=invitation.pk, user=cast.mallory.user)


def test_an_expired_invitation_lets_nobody_in(cast: Cast) -> None:
    invitation = invite(cast, "mallory@globex.example")
    later = timezone.now() + timedelta(days=7, seconds=1)
    with (
        nothing_changes(cast.acme),
        within(cast.acme),
        time_machine.travel(later),
        pytest.raises(Expired, match="expired"),
    ):
        accept_invitation(invitation_id=invitation.pk, user=cast.mallory.user)


def test_an_invitation_of_one_tenant_opens_no_other(cast: Cast) -> None:
    invitation = invite(cast, "mallory@globex.example")
    with nothing_changes(cast.globex), within(cast.globex), pytest.raises(NotFound):
        accept_invitation(invitation_id=invitation.pk, user=cast.mallory.user)


def test_who_was_deactivated_comes_back_as_the_same_operator(cast: Cast) -> None:
    with within(cast.acme):
        deactivate_operator(actor=cast.bob.actor, operator_id=cast.alice.pk)
    invitation = invite(cast, "alice@acme.example", role=Role.VIEWER)
    with within(cast.acme):
        operator = accept_invitation(invitation_id=invitation.pk, user=cast.alice.user)
        assert Operator.objects.filter(user=cast.alice.user).count() == 1
    assert (operator.pk, operator.role, operator.is_active) == (cast.alice.pk, "viewer", True)
