"""A morning at Acme, told through the actions and counted up."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tenants.clock import happening_at
from tenants.models import Tenant
from tests.analytics.deeds import Story, count_up
from tests.cast import Cast, make_visitor

# Monday 2 November 2026, 14:00 in Vilnius: five hours after the stories begin.
NOW = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


@pytest.fixture
def afternoon() -> Iterator[None]:
    """Whatever is asked is asked at NOW."""
    with happening_at(NOW):
        yield


@pytest.fixture
def acme(cast: Cast) -> Tenant:
    """Acme lives in Vilnius and works from nine to five, Monday to Friday."""
    cast.acme.time_zone = "Europe/Vilnius"
    cast.acme.business_hours = {
        "time_zone": None,
        "always": False,
        "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "holidays": [],
    }
    cast.acme.save()
    return cast.acme


@pytest.fixture
def morning(cast: Cast, acme: Tenant) -> list[Story]:
    """Three conversations, from 11:00 in Vilnius on; minutes are since then.

    1: asked at 0, Alice answers at 4, asked at 10, Bob answers at 12, resolved at 30, rated 5.
    2: asked at 60, Alice answers at 68, resolved at 70 and rated 2, reopened by the contact at 90: open.
    3: asked at 120, nobody answers: open.
    """
    first, second, third = (Story(make_visitor(cast.acme_widget)) for _ in range(3))
    first.asks(0).replies(4, cast.alice).asks(10).replies(12, cast.bob).resolved(30, cast.bob).rated(31, 5)
    second.asks(60).replies(68, cast.alice).resolved(70, cast.alice).rated(71, 2).asks(90)
    third.asks(120)
    count_up(acme)
    return [first, second, third]
