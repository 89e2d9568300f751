"""Taking access away, and giving it back."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from operators.actions.deactivate_operator import deactivate_operator
from operators.actions.reactivate_operator import reactivate_operator
from operators.models import Operator
from tenants.errors import Conflict, NotFound, PermissionDenied
from tenants.permissions import Role
from tests.cast import Cast, make_operator
from tests.operators.scenes import audited, logged_in, nothing_changes, published, within


def test_a_deactivated_operator_is_offline_and_told_about(cast: Cast) -> None:
    with within(cast.acme):
        operator = deactivate_operator(actor=cast.bob.actor, operator_id=cast.alice.pk)
    assert (operator.is_active, operator.availability) == (False, "offline")
    assert audited(cast.acme) == [("Bob", "operator.deactivated")]
    assert published(cast.acme) == ["operator.deactivated"]


def test_open_pages_end_with_the_next_request(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    assert client.get("/settings/profile/").status_code == 200
    with within(cast.acme):
        deactivate_operator(actor=cast.bob.actor, operator_id=cast.alice.pk)
    answer = client.get("/settings/profile/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/settings/profile/")


def test_all_sessions_of_a_leaver_end(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    client.get("/settings/profile/")
    assert UserSession.objects.filter(user=cast.alice.user).count() == 1
    with within(cast.acme):
        deactivate_operator(actor=cast.bob.actor, operator_id=cast.alice.pk)
    assert UserSession.objects.filter(user=cast.alice.user).count() == 0
    assert not client.session.exists(client.session.session_key or "")


def test_sessions_stay_while_another_tenant_employs_the_person(cast: Cast, client: Client) -> None:
    with within(cast.globex):
        Operator.objects.create(user=cast.alice.user, display_name="Alice")
    logged_in(client, cast.alice)
    client.get("/settings/profile/")
    with within(cast.acme):
        deactivate_operator(actor=cast.bob.actor, operator_id=cast.alice.pk)
    assert UserSession.objects.filter(user=cast.alice.user).count() == 1
    assert client.get("/settings/profile/").context["shell"].tenant == cast.globex


def test_the_last_owner_cannot_be_deactivated(cast: Cast) -> None:
    owner = make_operator(cast.acme, name="Olga", role=Role.OWNER)
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(Conflict):
        deactivate_operator(actor=owner.actor, operator_id=owner.pk)


def test_an_admin_deactivates_no_owner(cast: Cast) -> None:
    owner = make_operator(cast.acme, name="Olga", role=Role.OWNER)
    make_operator(cast.acme, name="Otto", role=Role.OWNER)
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        deactivate_operator(actor=cast.bob.actor, operator_id=owner.pk)


def test_an_operator_deactivates_nobody(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        deactivate_operator(actor=cast.alice.actor, operator_id=cast.bob.pk)


def test_another_tenants_operator_does_not_exist(cast: Cast) -> None:
    with nothing_changes(cast.globex), within(cast.acme), pytest.raises(NotFound):
        deactivate_operator(actor=cast.bob.actor, operator_id=cast.mallory.pk)


def test_deactivating_twice_changes_nothing_more(cast: Cast) -> None:
    with within(cast.acme):
        deactivate_operator(actor=cast.bob.actor, operator_id=cast.alice.pk)
    with nothing_changes(cast.acme), within(cast.acme):
        deactivate_operator(actor=cast.bob.actor, operator_id=cast.alice.pk)


def test_a_reactivated_operator_works_again_with_the_old_role(cast: Cast, client: Client) -> None:
    with within(cast.acme):
        deactivate_operator(actor=cast.bob.actor, operator_id=cast.alice.pk)
        operator = reactivate_operator(actor=cast.bob.actor, operator_id=cast.alice.pk)
    assert (operator.is_active, operator.role) == (True, "operator")
    assert audited(cast.acme)[-1] == ("Bob", "operator.reactivated")
    assert logged_in(client, cast.alice).get("/settings/profile/").status_code == 200
