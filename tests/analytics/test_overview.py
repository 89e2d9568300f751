"""The report of a period: exact counts, medians within 1 %, local days, filters, comparison."""

from datetime import UTC, date, datetime, timedelta

import pytest

from analytics.metrics import Hours
from analytics.periods import Comparison, Period, Preset, custom_period, preset_period
from analytics.queries import overview
from analytics.queries.shapes import Count, Filters, Overview, Row, Timing
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.analytics.conftest import NOW
from tests.analytics.deeds import START, Story, count_up
from tests.cast import Cast, make_inbox, make_visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

VILNIUS = "Europe/Vilnius"


def today() -> Period:
    return preset_period(preset=Preset.TODAY, time_zone=VILNIUS, now=NOW)


def report(
    tenant: Tenant,
    *,
    period: Period | None = None,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    hours: Hours = Hours.CALENDAR,
    comparison: Comparison = Comparison.PREVIOUS,
) -> Overview:
    with tenant_scope(TenantId(tenant.pk)):
        return overview(period=period or today(), filters=filters, hours=hours, comparison=comparison)


def seconds(timing: Timing) -> tuple[int, float | None]:
    return timing.n, timing.mean


def row(rows: tuple[Row, ...], name: str) -> Row:
    [found] = [one for one in rows if one.name == name]
    return found


def test_the_counts_of_a_morning(acme: Tenant, morning: list[Story]) -> None:
    made = report(acme)

    assert made.new == Count(value=3, previous=0)
    assert made.reopened == Count(value=1, previous=0)
    assert made.resolved == Count(value=2, previous=0)
    assert made.unanswered == Count(value=0, previous=0)
    assert made.open_at_end == Count(value=2, previous=0)


def test_the_times_of_a_morning(acme: Tenant, morning: list[Story]) -> None:
    made = report(acme)

    assert seconds(made.first_response.current) == (2, 360.0)
    assert made.first_response.current.median == pytest.approx(240, rel=0.01)
    assert made.first_response.current.p90 == pytest.approx(480, rel=0.01)
    assert seconds(made.reply_time.current) == (3, 280.0)
    assert made.reply_time.current.median == pytest.approx(240, rel=0.01)
    assert seconds(made.resolution.current) == (2, 1200.0)


def test_satisfaction_is_the_share_of_fours_and_fives(acme: Tenant, morning: list[Story]) -> None:
    score = report(acme).satisfaction

    assert (score.current.answers, score.current.asked) == (2, 2)
    assert (score.current.percent, score.current.mean, score.current.response_rate) == (50.0, 3.5, 100.0)
    assert score.distribution == (0, 1, 0, 0, 1)


def test_an_operator_filter_counts_what_this_operator_did(
    cast: Cast, acme: Tenant, morning: list[Story]
) -> None:
    made = report(acme, filters=Filters(operator_id=cast.bob.pk))

    assert made.taken.value == 1
    assert made.first_response.current.n == 0
    assert seconds(made.reply_time.current) == (1, 120.0)
    assert made.satisfaction.current.answers == 1


def test_an_inbox_filter_leaves_the_others_out(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    other = make_inbox(acme, name="Shop")
    Story(make_visitor(other)).asks(5)
    count_up(acme)

    assert report(acme).new.value == 4
    assert report(acme, filters=Filters(inbox_id=other.pk)).new.value == 1
    assert report(acme, filters=Filters(inbox_id=cast.acme_widget.pk)).new.value == 3


def test_the_tables_tell_who_did_what(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    made = report(acme)
    alice, bob = row(made.operators, "Alice"), row(made.operators, "Bob")

    assert (alice.taken, bob.taken) == (2, 1)
    # Alice took the first conversation over, so its resolution is hers, whoever pressed the button.
    assert (alice.resolved, bob.resolved) == (2, 0)
    assert (alice.open_at_end, bob.open_at_end) == (1, 0)
    assert (seconds(alice.first_response), seconds(bob.first_response)) == ((2, 360.0), (0, None))
    assert [one.name for one in made.operators] == ["Alice", "Bob"]
    assert row(made.inboxes, "Website").new == 3


def test_nothing_of_another_tenant_is_counted(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    Story(make_visitor(cast.globex_widget, name="Walter")).asks(0)
    count_up(cast.globex)

    assert report(cast.globex).new.value == 1
    assert report(acme).new.value == 3
    assert [one.name for one in report(cast.globex).operators] == ["Mallory"]


def test_spam_is_taken_out_of_the_days_before_and_put_back(
    cast: Cast, acme: Tenant, morning: list[Story]
) -> None:
    morning[0].spam(200, cast.alice)
    count_up(acme)
    without = report(acme)
    morning[0].spam(201, cast.alice, is_spam=False)
    count_up(acme)

    assert (without.new.value, without.resolved.value, without.satisfaction.current.answers) == (2, 1, 1)
    assert seconds(without.first_response.current) == (1, 480.0)
    assert report(acme).new.value == 3
    assert report(acme).satisfaction.current.answers == 2


def test_business_hours_count_only_the_time_inside(cast: Cast, acme: Tenant) -> None:
    # Asked on Sunday at 20:00 in Vilnius, answered on Monday at 9:10.
    start = datetime(2026, 11, 1, 18, 0, tzinfo=UTC)
    Story(make_visitor(cast.acme_widget), start=start).asks(0).replies(13 * 60 + 10, cast.alice)
    count_up(acme)

    assert seconds(report(acme).first_response.current) == (1, 47_400.0)
    assert seconds(report(acme, hours=Hours.BUSINESS).first_response.current) == (1, 600.0)
    split = report(acme).first_response
    assert split.in_hours is not None
    assert split.out_of_hours is not None
    assert (split.in_hours.n, split.out_of_hours.n) == (0, 1)


def test_what_is_new_outside_business_hours_is_told(cast: Cast, acme: Tenant) -> None:
    Story(make_visitor(cast.acme_widget), start=datetime(2026, 11, 2, 5, 0, tzinfo=UTC)).asks(0)  # 7:00
    Story(make_visitor(cast.acme_widget)).asks(0)
    count_up(acme)

    assert (report(acme).new.value, report(acme).new_out_of_hours.value) == (2, 1)


def test_everything_counts_on_the_local_day_it_happened(cast: Cast, acme: Tenant) -> None:
    # 23:30 on Sunday in Vilnius, answered at 0:15 on Monday.
    start = datetime(2026, 11, 1, 21, 30, tzinfo=UTC)
    Story(make_visitor(cast.acme_widget), start=start).asks(0).replies(45, cast.alice)
    count_up(acme)
    made = report(acme, period=preset_period(preset=Preset.WEEK, time_zone=VILNIUS, now=NOW))
    by_day = {point.day: point for point in made.series}

    assert (by_day[date(2026, 11, 1)].new, by_day[date(2026, 11, 2)].new) == (1, 0)
    assert by_day[date(2026, 11, 1)].first_response.n == 0
    assert by_day[date(2026, 11, 2)].first_response.n == 1
    assert report(acme).new == Count(value=0, previous=0)


def test_the_period_before_ends_at_the_same_time_of_day(cast: Cast, acme: Tenant) -> None:
    yesterday = START - timedelta(days=1)
    Story(make_visitor(cast.acme_widget), start=yesterday).asks(0)
    Story(make_visitor(cast.acme_widget), start=yesterday).asks(11 * 60)  # 22:00, later than it is today
    count_up(acme)

    assert report(acme).new == Count(value=0, previous=1)
    assert report(acme, comparison=Comparison.NONE).new == Count(value=0, previous=None)


def test_open_at_the_end_of_a_day_that_is_over(cast: Cast, acme: Tenant) -> None:
    start = START - timedelta(days=3)
    story = Story(make_visitor(cast.acme_widget), start=start).asks(0)
    story.resolved(2 * 24 * 60, cast.bob)
    count_up(acme)
    period = custom_period(first=date(2026, 10, 29), last=date(2026, 11, 2), time_zone=VILNIUS, now=NOW)
    made = report(acme, period=period)

    assert [point.open_at_end for point in made.series] == [0, 1, 1, 0, 0]
    assert made.open_at_end.value == 0


def test_a_day_of_25_hours_has_25_points_and_each_hour_its_own(cast: Cast, acme: Tenant) -> None:
    # 25 October 2026: at 4:00 in Vilnius it is 3:00 once more.
    first_three = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for start in (first_three, first_three + timedelta(hours=1)):
        Story(make_visitor(cast.acme_widget), start=start).asks(0)
    count_up(acme)
    day = date(2026, 10, 25)
    made = report(acme, period=custom_period(first=day, last=day, time_zone=VILNIUS, now=NOW))

    assert len(made.series) == 25
    assert [point.new for point in made.series][2:6] == [0, 1, 1, 0]
    assert made.new.value == 2


def test_a_day_of_23_hours_has_23_points(cast: Cast, acme: Tenant) -> None:
    Story(make_visitor(cast.acme_widget), start=datetime(2026, 3, 29, 20, 59, tzinfo=UTC)).asks(0)
    Story(make_visitor(cast.acme_widget), start=datetime(2026, 3, 29, 21, 0, tzinfo=UTC)).asks(0)
    count_up(acme)
    day = date(2026, 3, 29)
    made = report(acme, period=custom_period(first=day, last=day, time_zone=VILNIUS, now=NOW))

    assert len(made.series) == 23
    assert [point.new for point in made.series][-1] == 1
    assert made.new.value == 1


def test_a_zone_of_three_quarters_of_an_hour_splits_buckets_right(cast: Cast, acme: Tenant) -> None:
    # Midnight in Kathmandu is 18:15 UTC.
    Story(make_visitor(cast.acme_widget), start=datetime(2026, 10, 20, 18, 14, tzinfo=UTC)).asks(0)
    Story(make_visitor(cast.acme_widget), start=datetime(2026, 10, 20, 18, 15, tzinfo=UTC)).asks(0)
    count_up(acme)
    day = date(2026, 10, 21)
    period = custom_period(first=day, last=day, time_zone="Asia/Kathmandu", now=NOW)

    assert report(acme, period=period).new.value == 1


def test_weeks_begin_when_the_accounts_week_begins(cast: Cast, acme: Tenant) -> None:
    acme.week_start = 6
    acme.save()
    period = custom_period(first=date(2026, 7, 6), last=date(2026, 11, 2), time_zone=VILNIUS, now=NOW)
    Story(make_visitor(cast.acme_widget)).asks(0)
    count_up(acme)
    made = report(acme, period=period)

    assert {point.day.isoweekday() for point in made.series} == {6}
    assert (made.series[-1].day, made.series[-1].new) == (date(2026, 10, 31), 1)


def test_the_heat_map_is_by_local_weekday_and_hour(acme: Tenant, morning: list[Story]) -> None:
    heat = report(acme).heat_map

    assert (len(heat), {len(hours) for hours in heat}) == (7, {24})
    assert [heat[0][hour] for hour in range(10, 15)] == [0, 1, 1, 1, 0]
    assert sum(map(sum, heat)) == 3


def test_the_figures_are_current_when_the_reader_is(acme: Tenant, morning: list[Story]) -> None:
    current = report(acme).data_until
    morning[2].asks(130)

    assert current == NOW
    assert report(acme).data_until == START + timedelta(minutes=120)
