"""The live wall: who waits, who answers, how today goes."""

import pytest

from analytics.queries import live
from analytics.queries.shapes import Filters, Live
from operators.models import Availability, Operator
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.analytics.conftest import NOW
from tests.analytics.deeds import Story, count_up
from tests.cast import Cast, make_inbox, make_visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]


def wall(tenant: Tenant, filters: Filters | None = None) -> Live:
    with tenant_scope(TenantId(tenant.pk)):
        return live(filters=filters or Filters())


def test_the_wall_of_an_afternoon(acme: Tenant, morning: list[Story]) -> None:
    seen = wall(acme)

    assert (seen.at, seen.waiting, seen.unassigned) == (NOW, 1, 1)
    # The contact of the second conversation has waited since 10:30 UTC, the third since 11:00.
    assert seen.longest_wait == 3.5 * 3600
    assert (seen.active, seen.active_waiting, seen.pending, seen.snoozed) == (1, 1, 0, 0)
    assert (seen.new_today, seen.resolved_today) == (3, 2)
    assert (seen.satisfaction_today.percent, seen.satisfaction_today.answers) == (50.0, 2)
    assert seen.first_response_today.n == 2


def test_operators_are_told_by_availability_and_load(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    with tenant_scope(TenantId(acme.pk)):
        Operator.objects.filter(pk=cast.bob.pk).update(availability=Availability.AWAY)
    seen = wall(acme)

    assert (seen.online, seen.away, seen.offline) == (1, 1, 0)
    assert [(one.name, one.active, one.waiting, one.limit) for one in seen.operators] == [
        ("Alice", 1, 1, 4),
        ("Bob", 0, 0, 4),
    ]
    assert seen.load == 25.0


def test_what_is_snoozed_or_spam_does_not_wait(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    morning[1].snoozed(295, cast.alice)
    morning[2].spam(296, cast.alice)
    seen = wall(acme)

    assert (seen.waiting, seen.longest_wait, seen.active, seen.snoozed) == (0, None, 0, 1)


def test_an_inbox_has_a_wall_of_its_own(acme: Tenant, morning: list[Story]) -> None:
    other = make_inbox(acme, name="Shop")
    Story(make_visitor(other)).asks(280)
    count_up(acme)
    seen = wall(acme, Filters(inbox_id=other.pk))

    assert (seen.waiting, seen.longest_wait, seen.new_today) == (1, 20 * 60.0, 1)


def test_with_nobody_and_nothing_there_is_no_load_and_no_wait(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.globex.pk)):
        Operator.objects.update(availability=Availability.OFFLINE)
    seen = wall(cast.globex)

    assert (seen.waiting, seen.longest_wait, seen.load, seen.online) == (0, None, None, 0)
    assert seen.satisfaction_today.percent is None
