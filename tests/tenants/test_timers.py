"""Timers are rows: they come due once, survive a failing handler, and stay within their tenant."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from tenants.clock import now
from tenants.ids import uuid7
from tenants.models import Timer
from tenants.scoping import TenantId, current_tenant_id, tenant_scope
from tenants.timers import HANDLERS, cancel_timer, run_due_timers, set_timer
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PAST, FUTURE = timedelta(seconds=-1), timedelta(hours=1)


@pytest.fixture
def ran() -> Iterator[list[tuple[TenantId, UUID]]]:
    """What ran, of the kind "probe"; a subject that ends in zero fails."""
    done: list[tuple[TenantId, UUID]] = []

    def probe(subject_id: UUID) -> None:
        if subject_id.int == 0:
            raise RuntimeError("planted")
        done.append((current_tenant_id(), subject_id))

    HANDLERS["probe"] = probe
    yield done
    del HANDLERS["probe"]


def plan(cast: Cast, subject_id: UUID, due: timedelta) -> None:
    with tenant_scope(cast.acme.pk):
        set_timer(kind="probe", subject_id=subject_id, due_at=now() + due)


def test_what_is_due_runs_once_in_its_tenants_scope(cast: Cast, ran: list[tuple[TenantId, UUID]]) -> None:
    due, later = uuid7(), uuid7()
    plan(cast, due, PAST)
    plan(cast, later, FUTURE)

    assert (run_due_timers(), run_due_timers()) == (1, 0)
    assert ran == [(cast.acme.pk, due)]
    assert [row.subject_id for row in Timer.objects.filter(kind="probe")] == [later]


def test_setting_a_timer_again_moves_it(cast: Cast, ran: list[tuple[TenantId, UUID]]) -> None:
    subject = uuid7()
    plan(cast, subject, PAST)
    plan(cast, subject, FUTURE)

    assert run_due_timers() == 0
    assert Timer.objects.filter(kind="probe").count() == 1


def test_a_cancelled_timer_does_not_run(cast: Cast, ran: list[tuple[TenantId, UUID]]) -> None:
    subject = uuid7()
    plan(cast, subject, PAST)
    with tenant_scope(cast.acme.pk):
        cancel_timer(kind="probe", subject_id=subject)

    assert run_due_timers() == 0


def test_a_poisoned_timer_is_put_off_and_does_not_stop_the_others(
    cast: Cast, ran: list[tuple[TenantId, UUID]]
) -> None:
    good = uuid7()
    plan(cast, UUID(int=0), PAST * 2)
    plan(cast, good, PAST)

    assert run_due_timers() == 2
    assert ran == [(cast.acme.pk, good)]
    poisoned = Timer.objects.get(kind="probe")
    assert (poisoned.attempts, poisoned.last_error) == (1, "RuntimeError('planted')")
    assert poisoned.due_at > now() + timedelta(seconds=30)
