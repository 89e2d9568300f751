"""The nightly recount finds nothing where all is well, and names what was tampered with."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from analytics.models import ConversationFact, DayRollup, Measurement, Rollup
from analytics.projections.recount import Recount, recount
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.analytics.deeds import START, Story, count_up, rollups
from tests.cast import Cast, make_visitor

pytestmark = pytest.mark.django_db(transaction=True)


def checked(tenant: Tenant) -> Recount:
    with tenant_scope(TenantId(tenant.pk)):
        return recount(since=START, until=START + timedelta(days=1))


def test_what_was_counted_as_it_happened_stands(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    morning[1].spam(200, cast.alice)
    count_up(acme)

    assert checked(acme) == Recount(conversations=3, differences=())


def test_what_the_reader_has_not_read_yet_is_no_difference(acme: Tenant, morning: list[Story]) -> None:
    morning[2].asks(130)

    assert checked(acme).differences == ()


def test_a_rollup_that_was_changed_is_named(acme: Tenant, morning: list[Story]) -> None:
    with tenant_scope(TenantId(acme.pk)):
        Rollup.objects.filter(metric="resolved", bucket=START + timedelta(minutes=30)).update(count=7)

    assert checked(acme).differences[0] == "rollup resolved at 2026-11-02 09:30: (7, 1) instead of (1, 1)"


def test_a_day_that_was_changed_is_named(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    with tenant_scope(TenantId(acme.pk)):
        DayRollup.objects.filter(metric="resolved", slice="operator").update(sum=5)

    assert checked(acme).differences == (f"day 2026-11-02: resolved of operator {cast.alice.pk} differs",)


def test_a_measurement_that_was_changed_is_named(acme: Tenant, morning: list[Story]) -> None:
    with tenant_scope(TenantId(acme.pk)):
        Measurement.objects.filter(conversation_id=morning[0].id, metric="taken", slot=2).update(
            operator_id=None
        )
    [first, *_rollups] = checked(acme).differences

    assert first == f"conversation {morning[0].id}: taken 2 differs"


def test_a_measurement_that_was_lost_is_named(acme: Tenant, morning: list[Story]) -> None:
    with tenant_scope(TenantId(acme.pk)):
        Measurement.objects.filter(conversation_id=morning[2].id, metric="new").delete()

    assert f"conversation {morning[2].id}: new 0 differs" in checked(acme).differences


def test_a_course_that_was_changed_is_named(acme: Tenant, morning: list[Story]) -> None:
    with tenant_scope(TenantId(acme.pk)):
        ConversationFact.objects.filter(conversation_id=morning[2].id).update(reopenings=4)

    assert checked(acme).differences == (f"conversation {morning[2].id}: the course differs",)


def test_the_command_mends_what_differs_and_says_how_far_it_is(
    cast: Cast, acme: Tenant, morning: list[Story], capsys: pytest.CaptureFixture[str]
) -> None:
    before = rollups(acme)
    Story(make_visitor(cast.globex_widget, name="Walter")).asks(0)
    count_up(cast.globex)
    of_globex = rollups(cast.globex)
    with tenant_scope(TenantId(acme.pk)):
        Rollup.objects.update(count=99)
    call_command("rebuild_projections", tenant=str(acme.pk))

    assert rollups(acme) == before
    assert rollups(cast.globex) == of_globex
    assert "(100 %)" in capsys.readouterr().out


def test_the_command_rebuilds_every_tenant_without_one(
    cast: Cast, acme: Tenant, morning: list[Story], capsys: pytest.CaptureFixture[str]
) -> None:
    before = rollups(acme)
    call_command("rebuild_projections")

    assert rollups(acme) == before
    assert ["Acme" in (out := capsys.readouterr().out), "Globex" in out] == [True, True]


def test_the_command_refuses_a_tenant_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(CommandError, match="There is no tenant"):
        call_command("rebuild_projections", tenant=str(cast.alice.pk))
