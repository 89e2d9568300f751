"""Behind every number stand the conversations it counts: as many as the number says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.metrics import Metric
from analytics.models import ConversationFact
from analytics.periods import Preset, preset_period
from analytics.queries.drill_down import Page, Selection, conversations_behind
from analytics.queries.shapes import Filters
from conversations.models import Conversation
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.analytics.conftest import NOW
from tests.analytics.deeds import START, Story, count_up
from tests.cast import Cast, make_visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

TODAY = preset_period(preset=Preset.TODAY, time_zone="Europe/Vilnius", now=NOW)


def behind(tenant: Tenant, selection: Selection, *, slowest_first: bool = False) -> Page:
    with tenant_scope(TenantId(tenant.pk)):
        return conversations_behind(selection=selection, slowest_first=slowest_first)


def ids(page: Page) -> list[object]:
    return [row.conversation_id for row in page.rows]


def test_the_newest_comes_first(acme: Tenant, morning: list[Story]) -> None:
    page = behind(acme, Selection(metric=Metric.NEW, period=TODAY))

    assert ids(page) == [story.id for story in reversed(morning)]
    assert (page.total, page.has_next) == (3, False)


def test_the_slowest_comes_first_when_asked(acme: Tenant, morning: list[Story]) -> None:
    page = behind(acme, Selection(metric=Metric.FIRST_RESPONSE, period=TODAY), slowest_first=True)

    assert [row.seconds for row in page.rows] == [480.0, 240.0]
    assert ids(page) == [morning[1].id, morning[0].id]


def test_a_row_tells_who_and_what(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    [row] = behind(acme, Selection(metric=Metric.RATED, period=TODAY, score=5)).rows

    assert (row.contact, row.operator, row.inbox, row.status) == ("Vera", "Alice", "Website", "resolved")
    assert (row.score, row.at, row.is_gone) == (5, START + timedelta(minutes=31), False)


def test_open_at_the_end_lists_what_is_open(acme: Tenant, morning: list[Story]) -> None:
    page = behind(acme, Selection(metric=Metric.OPEN, period=TODAY))

    assert ids(page) == [morning[2].id, morning[1].id]


def test_open_at_an_earlier_moment_lists_what_was_open_then(acme: Tenant, morning: list[Story]) -> None:
    then = START + timedelta(minutes=65)
    page = behind(acme, Selection(metric=Metric.OPEN, period=TODAY, until=then))

    assert ids(page) == [morning[1].id]


def test_a_part_of_the_period_and_a_filter_narrow_it(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    since = START + timedelta(minutes=50)
    everything = Selection(metric=Metric.REPLY_TIME, period=TODAY)

    assert behind(acme, everything).total == 3
    assert behind(acme, replace(everything, since=since)).total == 1
    assert behind(acme, replace(everything, filters=Filters(operator_id=cast.bob.pk))).total == 1
    assert behind(acme, replace(everything, in_hours=False)).total == 0
    # The first conversation began at 11:00 in Vilnius, on a Monday.
    new = Selection(metric=Metric.NEW, period=TODAY, weekday=1, hour=11)
    assert ids(behind(acme, new)) == [morning[0].id]


def test_spam_is_behind_no_number(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    morning[2].spam(200, cast.alice)
    count_up(acme)

    assert behind(acme, Selection(metric=Metric.NEW, period=TODAY)).total == 2
    assert behind(acme, Selection(metric=Metric.OPEN, period=TODAY)).total == 1


def test_an_erased_conversation_keeps_its_figures_and_loses_its_words(
    acme: Tenant, morning: list[Story]
) -> None:
    with tenant_scope(TenantId(acme.pk)):
        Conversation.objects.filter(pk=morning[2].id).delete()
        assert ConversationFact.objects.filter(conversation_id=morning[2].id).exists()
    first, *_rest = behind(acme, Selection(metric=Metric.NEW, period=TODAY)).rows

    assert (first.conversation_id, first.is_gone, first.contact, first.text) == (morning[2].id, True, "", "")


def test_another_tenant_sees_none_of_it(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    assert behind(cast.globex, Selection(metric=Metric.NEW, period=TODAY)).total == 0
    Story(make_visitor(cast.globex_widget, name="Walter")).asks(0)
    count_up(cast.globex)
    assert behind(cast.globex, Selection(metric=Metric.NEW, period=TODAY)).total == 1
