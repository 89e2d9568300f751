"""Whatever happens: counted as it happens, counted again from the log, counted by hand, it is the same."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analytics.metrics import Metric
from analytics.models import Measurement, Rollup
from analytics.projections.days import cut_anew
from analytics.projections.rebuild import rebuild
from analytics.projections.rollups import amounts_of
from operators.models import Operator
from tenants.actions.create_tenant import create_tenant
from tenants.models import Tenant
from tenants.permissions import Role
from tenants.scoping import TenantId, tenant_scope
from tests.analytics.by_hand import recount
from tests.analytics.deeds import Story, count_up, days, rollups
from tests.cast import make_inbox, make_operator, make_visitor

pytestmark = pytest.mark.django_db(transaction=True)

DEEDS = (
    "asks", "asks", "asks", "asks", "replies", "replies", "replies by bob", "notes", "greets", "assigned",
    "unassigned", "resolved", "ended", "reopened", "snoozed", "pending", "spam", "no spam", "rated badly",
    "rated well", "count up",
)  # fmt: skip
HISTORIES = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(DEEDS), st.integers(1, 30_000_000)), min_size=30, max_size=60
)


def perform(
    story: Story, deed: str, minutes: float, *, tenant: Tenant, alice: Operator, bob: Operator
) -> None:
    deeds: dict[str, Any] = {
        "asks": lambda: story.asks(minutes),
        "replies": lambda: story.replies(minutes, alice),
        "replies by bob": lambda: story.replies(minutes, bob),
        "notes": lambda: story.notes(minutes, alice),
        "greets": lambda: story.greets(minutes),
        "assigned": lambda: story.assigned(minutes, by=alice, to=bob),
        "unassigned": lambda: story.assigned(minutes, by=alice, to=None),
        "resolved": lambda: story.resolved(minutes, by=bob),
        "ended": lambda: story.ended(minutes),
        "reopened": lambda: story.reopened(minutes, by=alice),
        "snoozed": lambda: story.snoozed(minutes, by=alice),
        "pending": lambda: story.pending(minutes, by=alice),
        "spam": lambda: story.spam(minutes, by=alice),
        "no spam": lambda: story.spam(minutes, by=alice, is_spam=False),
        "rated badly": lambda: story.rated(minutes, 1),
        "rated well": lambda: story.rated(minutes, 5),
        "count up": lambda: count_up(tenant),
    }
    deeds[deed]()


def counted() -> dict[str, Any]:
    """The figures as they are stored, in the shape of ``by_hand.recount``."""
    counts = {
        name: sum(row.count for row in Rollup.objects.filter(metric=name))
        for name in ("new", "taken", "reopened", "resolved", "asked", "rated")
    }
    counts["open"] = sum(row.sum for row in Rollup.objects.filter(metric=Metric.OPEN))
    durations = {
        name: sorted(
            row.milliseconds or 0 for row in Measurement.objects.filter(metric=name, is_counted=True)
        )
        for name in ("first_response", "reply_time", "first_resolution", "last_resolution")
    }
    return {"counts": {name: n for name, n in counts.items() if n}, "durations": durations}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Making a failure smaller takes minutes here; the whole history is printed.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(history=HISTORIES)
def test_counting_as_it_happens_counting_again_and_counting_by_hand_agree(
    history: list[tuple[int, str, int]],
) -> None:
    tenant = create_tenant(name="Acme")
    inbox = make_inbox(tenant)
    alice, bob = make_operator(tenant, name="Alice"), make_operator(tenant, name="Bob", role=Role.ADMIN)
    stories = [Story(make_visitor(inbox)) for _ in range(2)]
    minutes = 0.0
    for number, deed, pause in history:
        minutes += pause / 60_000
        perform(stories[number], deed, minutes, tenant=tenant, alice=alice, bob=bob)
    count_up(tenant)

    as_it_happened = rollups(tenant)
    with tenant_scope(TenantId(tenant.pk)):
        by_hand = recount()
        by_hand["counts"] = {name: n for name, n in by_hand["counts"].items() if n}
        assert counted() == by_hand
        of_measurements = amounts_of(Measurement.objects.filter(is_counted=True)).settled()
        assert len(of_measurements) == Rollup.objects.count()
        assert Rollup.objects.filter(count__lte=0).count() == 0

    days_as_it_happened = days(tenant)
    with tenant_scope(TenantId(tenant.pk)):
        cut_anew(tenant.time_zone)
    assert days(tenant) == days_as_it_happened

    rebuild(tenant_id=TenantId(tenant.pk))

    assert rollups(tenant) == as_it_happened
    assert days(tenant) == days_as_it_happened
