"""Roles, and the ceiling nobody reaches above."""

import pytest

from operators.actions.change_role import change_role
from operators.ceiling import grantable_roles
from operators.models import Operator
from tenants.errors import Conflict, NotFound, PermissionDenied
from tenants.permissions import ALL_PERMISSIONS, Actor, ActorKind, Permission, Role
from tenants.scoping import TenantId
from tests.cast import Cast, make_operator
from tests.operators.scenes import audited, nothing_changes, published, within


def test_an_admin_changes_a_role(cast: Cast) -> None:
    with within(cast.acme):
        operator = change_role(actor=cast.bob.actor, operator_id=cast.alice.pk, role=Role.MANAGER)
    assert operator.role == "manager"
    assert audited(cast.acme) == [("Bob", "operator.role_changed")]
    assert published(cast.acme) == ["operator.role_changed"]


def test_the_same_role_again_changes_nothing(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme):
        change_role(actor=cast.bob.actor, operator_id=cast.alice.pk, role=Role.OPERATOR)


def test_an_operator_cannot_raise_themselves(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        change_role(actor=cast.alice.actor, operator_id=cast.alice.pk, role=Role.ADMIN)


def test_an_admin_makes_no_owner(cast: Cast) -> None:
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        change_role(actor=cast.bob.actor, operator_id=cast.bob.pk, role=Role.OWNER)


def test_an_admin_demotes_no_owner(cast: Cast) -> None:
    owner = make_operator(cast.acme, name="Olga", role=Role.OWNER)
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        change_role(actor=cast.bob.actor, operator_id=owner.pk, role=Role.VIEWER)


def test_the_last_owner_stays_an_owner(cast: Cast) -> None:
    owner = make_operator(cast.acme, name="Olga", role=Role.OWNER)
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(Conflict, match="last owner"):
        change_role(actor=owner.actor, operator_id=owner.pk, role=Role.ADMIN)


def test_an_owner_may_step_down_when_there_is_another(cast: Cast) -> None:
    first = make_operator(cast.acme, name="Olga", role=Role.OWNER)
    make_operator(cast.acme, name="Otto", role=Role.OWNER)
    with within(cast.acme):
        changed = change_role(actor=first.actor, operator_id=first.pk, role=Role.ADMIN)
    assert changed.role == "admin"


def test_an_owner_of_another_tenant_does_not_count(cast: Cast) -> None:
    owner = make_operator(cast.acme, name="Olga", role=Role.OWNER)
    make_operator(cast.globex, name="Otto", role=Role.OWNER)
    with within(cast.acme), pytest.raises(Conflict):
        change_role(actor=owner.actor, operator_id=owner.pk, role=Role.ADMIN)


def test_another_tenants_operator_does_not_exist(cast: Cast) -> None:
    with nothing_changes(cast.globex), within(cast.acme), pytest.raises(NotFound):
        change_role(actor=cast.bob.actor, operator_id=cast.mallory.pk, role=Role.VIEWER)
    with within(cast.globex):
        assert Operator.objects.get(pk=cast.mallory.pk).role == "operator"


def test_a_key_grants_no_more_than_it_has(cast: Cast) -> None:
    key = Actor(
        kind=ActorKind.API_KEY,
        tenant_id=TenantId(cast.acme.pk),
        id=None,
        name="key",
        permissions=frozenset({Permission.WRITE_OPERATORS}),
    )
    with nothing_changes(cast.acme), within(cast.acme), pytest.raises(PermissionDenied):
        change_role(actor=key, operator_id=cast.alice.pk, role=Role.VIEWER)


def test_each_role_may_grant_itself_and_what_is_below(cast: Cast) -> None:
    assert grantable_roles(actor=cast.bob.actor) == [Role.ADMIN, Role.MANAGER, Role.OPERATOR, Role.VIEWER]
    owner = make_operator(cast.acme, name="Olga", role=Role.OWNER)
    assert owner.actor.permissions < ALL_PERMISSIONS
    assert grantable_roles(actor=owner.actor) == list(Role)
