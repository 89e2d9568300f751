"""An old event is measured with the hours of its day, also when it is counted again a year later."""

from datetime import timedelta

import pytest

from analytics.models import HoursVersion, Measurement
from analytics.projections.rebuild import rebuild
from tenants.clock import happening_at
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.analytics.deeds import START, Story, count_up, rollups
from tests.cast import Cast, make_visitor

pytestmark = pytest.mark.django_db(transaction=True)

NEVER: dict[str, object] = {"time_zone": None, "always": False, "weekly": {}, "holidays": []}


def business_minutes(tenant: Tenant) -> list[float]:
    with tenant_scope(TenantId(tenant.pk)):
        found = Measurement.objects.filter(metric="first_response").order_by("at")
        return [(one.business_milliseconds or 0) / 60_000 for one in found]


def answered(cast: Cast, minutes: float) -> Story:
    return Story(make_visitor(cast.acme_widget)).asks(minutes).replies(minutes + 10, cast.alice)


def test_new_hours_hold_from_the_moment_they_are_seen_and_never_before(cast: Cast, acme: Tenant) -> None:
    answered(cast, 0)
    with happening_at(START + timedelta(minutes=20)):
        count_up(acme)
    acme.business_hours = NEVER
    acme.save()
    answered(cast, 30)
    with happening_at(START + timedelta(minutes=29)):
        count_up(acme)
    counted = rollups(acme)

    assert business_minutes(acme) == [10.0, 0.0]
    rebuild(tenant_id=TenantId(acme.pk))
    assert business_minutes(acme) == [10.0, 0.0]
    assert rollups(acme) == counted


def test_an_inbox_with_hours_of_its_own_goes_by_them(cast: Cast, acme: Tenant) -> None:
    cast.acme_widget.settings = {"business_hours": NEVER}
    with tenant_scope(TenantId(acme.pk)):
        cast.acme_widget.save()
    answered(cast, 0)
    count_up(acme)

    assert business_minutes(acme) == [0.0]


def test_unchanged_hours_are_noted_once(cast: Cast, acme: Tenant) -> None:
    for minutes in (0, 30, 60):
        answered(cast, minutes)
        count_up(acme)

    with tenant_scope(TenantId(acme.pk)):
        assert HoursVersion.objects.count() == 2  # the tenant's, and that the inbox has none
