"""Inviting, sending again, taking back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from operators.actions import invite_operator as module
from operators.actions.invite_operator import invite_operator
from operators.actions.resend_invitation import resend_invitation
from operators.actions.revoke_invitation import revoke_invitation
from operators.models import Invitation, Team
from tenants.errors import Conflict, NotFound, PermissionDenied, TooManyRequests
from tenants.models import OutgoingMail
from tenants.permissions import Role
from tests.cast import Cast
from tests.operators.scenes import audited, invitation_link, nothing_changes, within


def test_an_invitation_is_mailed_with_a_link_and_audited(cast: Cast) -> None:
    with within(cast.acme):
        invitation = invite_operator(actor=cast.bob.actor, email=" Carol@Acme.example ", role=Role.OPERATOR)
        mail = OutgoingMail.objects.get()
    assert (invitation.email, invitation.role) == ("carol@acme.example", "operator")
    assert mail.to == "carol@acme.example"
    assert "Acme" in mail.subject
    assert audited(cast.acme) == [("Bob", "operator.invited")]


def test_the_token_is_in_the_mail_alone(cast: Cast) -> None:
    with within(cast.acme):
        invitation = invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR)
    token = invitation_link(cast.acme).split("/")[2]
    assert len(token) == 43
    assert token not in str(vars(invitation))


@pytest.mark.parametrize("role", [Role.OWNER])
def test_nobody_invites_with_a_role_above_their_own(cast: Cast, role: Role) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=role)


def test_an_operator_may_not_invite(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        invite_operator(actor=cast.alice.actor, email="carol@acme.example", role=Role.VIEWER)


def test_a_team_of_another_tenant_does_not_exist(cast: Cast) -> None:
    with within(cast.globex):
        team = Team.objects.create(name="Sales")
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(NotFound):
        invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR, team_id=team.pk)


def test_who_works_here_is_not_invited(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(Conflict, match="an operator already"):
        invite_operator(actor=cast.bob.actor, email="ALICE@acme.example", role=Role.OPERATOR)


def test_who_works_for_another_tenant_may_be_invited(cast: Cast) -> None:
    with within(cast.acme):
        invitation = invite_operator(actor=cast.bob.actor, email="mallory@globex.example", role=Role.OPERATOR)
    assert invitation.email == "mallory@globex.example"


def test_an_open_invitation_is_not_doubled(cast: Cast) -> None:
    with within(cast.acme):
        invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR)
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(Conflict, match="open invitation"):
        invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.VIEWER)


def test_an_expired_invitation_is_replaced(cast: Cast) -> None:
    with within(cast.acme), time_machine.travel(timezone.now() - timedelta(days=8)):
        first = invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR)
    with within(cast.acme):
        second = invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR)
        first.refresh_from_db()
    assert (first.revoked_at is None, second.revoked_at) == (False, None)


def test_a_tenant_cannot_send_invitations_without_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PER_DAY", 1)
    with within(cast.acme):
        invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR)
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(TooManyRequests):
        invite_operator(actor=cast.bob.actor, email="dave@acme.example", role=Role.OPERATOR)


def test_sending_again_makes_a_new_link_and_ends_the_old_one(cast: Cast) -> None:
    with within(cast.acme):
        invitation = invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR)
    first = invitation_link(cast.acme)
    with within(cast.acme), time_machine.travel(timezone.now() + timedelta(minutes=2)):
        again = resend_invitation(actor=cast.bob.actor, invitation_id=invitation.pk)
    assert invitation_link(cast.acme) != first
    assert again.token_hash != invitation.token_hash
    assert audited(cast.acme)[-1] == ("Bob", "invitation.resent")


def test_sending_again_at_once_is_refused(cast: Cast) -> None:
    with within(cast.acme):
        invitation = invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR)
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(TooManyRequests):
        resend_invitation(actor=cast.bob.actor, invitation_id=invitation.pk)


def test_an_invitation_is_taken_back(cast: Cast) -> None:
    with within(cast.acme):
        invitation = invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR)
        revoke_invitation(actor=cast.bob.actor, invitation_id=invitation.pk)
        assert Invitation.objects.get().revoked_at is not None
    assert audited(cast.acme)[-1] == ("Bob", "invitation.revoked")


def test_another_tenants_invitation_does_not_exist(cast: Cast) -> None:
    with within(cast.acme):
        invitation = invite_operator(actor=cast.bob.actor, email="carol@acme.example", role=Role.OPERATOR)
    boss = cast.mallory
    with within(cast.globex):
        boss.role = Role.OWNER
        boss.save()
    with nothing_changes(cast.acme), within(cast.globex):
        with pytest.raises(NotFound):
            revoke_invitation(actor=boss.actor, invitation_id=invitation.pk)
        with pytest.raises(NotFound):
            resend_invitation(actor=boss.actor, invitation_id=invitation.pk)
