"""Long periods are read from whole days: the same numbers, in whichever zone the days are cut."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from analytics.models import DayRollup, DayZone
from analytics.periods import Period, custom_period
from analytics.queries import overview
from analytics.queries.shapes import Filters, as_json
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.analytics.conftest import NOW
from tests.analytics.deeds import Story, count_up
from tests.cast import Cast, make_visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]


def period(zone: str = "Europe/Vilnius") -> Period:
    return custom_period(first=date(2026, 10, 23), last=date(2026, 11, 2), time_zone=zone, now=NOW)


def report(tenant: Tenant, zone: str = "Europe/Vilnius", filters: Filters | None = None) -> Any:
    with tenant_scope(TenantId(tenant.pk)):
        return as_json(overview(period=period(zone), filters=filters or Filters()))


def without_days(tenant: Tenant) -> None:
    with tenant_scope(TenantId(tenant.pk)):
        DayZone.objects.all().delete()


@pytest.fixture
def fortnight(cast: Cast, acme: Tenant) -> None:
    """Something on every day from 20 October, the night the clocks go back among them."""
    start = datetime(2026, 10, 20, 20, 40, tzinfo=UTC)
    for number in range(14):
        story = Story(make_visitor(cast.acme_widget), start=start + timedelta(days=number * 0.93))
        story.asks(0).replies(1 + number, cast.alice).resolved(40 + 3 * number, cast.bob)
        if number % 2:
            story.rated(60, 1 + number % 5)
        if number % 3 == 0:
            story.asks(90).replies(95, cast.bob)
    count_up(acme)


@pytest.mark.usefixtures("fortnight")
def test_whole_days_and_quarters_of_an_hour_tell_the_same(cast: Cast, acme: Tenant) -> None:
    chosen = [
        Filters(),
        Filters(operator_id=cast.alice.pk),
        Filters(inbox_id=cast.acme_widget.pk),
        Filters(operator_id=cast.bob.pk, inbox_id=cast.acme_widget.pk),
    ]
    by_days = [report(acme, filters=filters) for filters in chosen]
    without_days(acme)

    assert by_days == [report(acme, filters=filters) for filters in chosen]
    assert by_days[0]["first_response"]["current"]["n"] > 5


@pytest.mark.usefixtures("fortnight")
def test_a_reader_elsewhere_gets_the_days_of_their_zone(acme: Tenant) -> None:
    there = report(acme, zone="Asia/Kathmandu")
    without_days(acme)

    assert there == report(acme, zone="Asia/Kathmandu")
    assert there["series"] != report(acme)["series"]


@pytest.mark.usefixtures("fortnight")
def test_when_the_account_moves_its_days_are_cut_anew(cast: Cast, acme: Tenant) -> None:
    acme.time_zone = "Asia/Tokyo"
    acme.save()
    Story(make_visitor(cast.acme_widget), start=NOW - timedelta(hours=2)).asks(0)
    count_up(acme)
    by_days = report(acme, zone="Asia/Tokyo")

    with tenant_scope(TenantId(acme.pk)):
        assert DayZone.objects.get().time_zone == "Asia/Tokyo"
        on_the_day = DayRollup.objects.filter(slice="all", metric="new", day=date(2026, 11, 2))
        assert sum(row.count for row in on_the_day) == 2
    without_days(acme)
    assert by_days == report(acme, zone="Asia/Tokyo")


@pytest.mark.usefixtures("fortnight")
def test_what_comes_to_nothing_leaves_no_row(cast: Cast, acme: Tenant) -> None:
    with tenant_scope(TenantId(acme.pk)):
        before = DayRollup.objects.count()
    story = Story(make_visitor(cast.acme_widget), start=NOW - timedelta(hours=2)).asks(0)
    count_up(acme)
    story.spam(5, cast.alice)
    count_up(acme)

    with tenant_scope(TenantId(acme.pk)):
        assert DayRollup.objects.count() == before
