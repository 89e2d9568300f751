"""Who gets a report, what is in it, and how one gets rid of it."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from analytics.mails.reader import ReportPlanner
from analytics.mails.sending import plan_reports
from operators.models import Operator
from tenants.clock import happening_at
from tenants.events.reader import read_all
from tenants.models import AuditEntry, OutgoingMail, Tenant, Timer
from tenants.permissions import Role
from tenants.scoping import TenantId, tenant_scope
from tenants.timers import run_due_timers
from tests.analytics.deeds import START, Story, count_up
from tests.cast import Cast, make_operator

pytestmark = pytest.mark.django_db(transaction=True)

# Monday 2 November is reported on Tuesday at eight in Vilnius, its week on the Monday after.
TUESDAY = datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 9, 6, 0, tzinfo=UTC)


def wants(operator: Operator, *, daily: bool = False, weekly: bool = False) -> None:
    operator.notifications = {"daily_report": daily, "weekly_report": weekly}
    with tenant_scope(TenantId(operator.tenant_id)):
        operator.save()


def plan(tenant: Tenant) -> None:
    with happening_at(START + timedelta(hours=5)):
        read_all(reader=ReportPlanner(), tenant_id=TenantId(tenant.pk))


def timers(tenant: Tenant) -> list[tuple[str, object, datetime]]:
    found = Timer.objects.filter(tenant_id=tenant.pk, kind__startswith="report.").order_by("kind")
    return [(one.kind, one.subject_id, one.due_at) for one in found]


def mails(tenant: Tenant, at: datetime) -> list[OutgoingMail]:
    """Let what is due at a moment run, and return every mail there is."""
    with happening_at(at):
        run_due_timers(tenant_id=TenantId(tenant.pk))
    with tenant_scope(TenantId(tenant.pk)):
        return list(OutgoingMail.objects.order_by("created_at"))


def plain(text: str) -> str:
    """Without the marks that keep directions apart."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_the_first_conversation_plans_reports_for_those_who_may_and_want(
    cast: Cast, acme: Tenant, morning: list[Story]
) -> None:
    wants(cast.alice, daily=True, weekly=True)  # an operator may not read reports
    wants(cast.bob, daily=True, weekly=True)
    plan(acme)

    assert timers(acme) == [
        ("report.daily", cast.bob.pk, TUESDAY),
        ("report.weekly", cast.bob.pk, NEXT_MONDAY),
    ]


def test_planning_again_moves_nothing(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    wants(cast.bob, daily=True)
    plan(acme)
    before = timers(acme)
    with happening_at(TUESDAY + timedelta(days=2)), tenant_scope(TenantId(acme.pk)):
        assert plan_reports() == 0

    assert timers(acme) == before


def test_the_daily_report_tells_of_yesterday(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    wants(cast.bob, daily=True)
    plan(acme)
    [mail] = mails(acme, TUESDAY)

    assert (mail.to, mail.kind, mail.language) == ("bob@acme.example", "report.daily", "en")
    assert plain(mail.subject) == "Acme: report of November 2, 2026"
    text = plain(mail.text)
    assert "New conversations: 3 (before: 0)" in text
    assert "First response time: 4 min" in text
    assert "90 % within 8 min" in text
    assert "Satisfaction: 50%" in text
    assert "Alice: Answered 2 · Resolved 2" in text
    assert "Website: New 3 · Resolved 2" in text
    assert "/reports/?period=custom&from=2026-11-02&to=2026-11-02" in text
    assert timers(acme)[0][2] == TUESDAY + timedelta(days=1)


def test_business_hours_are_told_apart(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    wants(cast.bob, daily=True)
    plan(acme)
    [mail] = mails(acme, TUESDAY)
    [_before, after] = plain(mail.text).split("In and out of business hours")

    assert "In business hours: 4 min (90 % within 8 min, n = 2)" in after
    assert "Out of business hours: –" in after


def test_the_weekly_report_tells_of_the_week(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    wants(cast.bob, weekly=True)
    plan(acme)
    [mail] = mails(acme, NEXT_MONDAY)

    assert plain(mail.subject) == "Acme: the week of November 2 – November 8, 2026"
    assert "New conversations: 3" in plain(mail.text)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<html lang="ar" dir="rtl"', "2 نوفمبر 2026"),
        ('<html lang="fa" dir="rtl"', "۱۱ آبان ۱۴۰۵"),
        ('<html lang="lt" dir="ltr"', "2026 m. lapkričio 2 d."),
    ],
)
def test_it_is_in_the_readers_language_and_direction(
    cast: Cast, acme: Tenant, morning: list[Story], head: str, day: str
) -> None:
    cast.bob.user.language = head[12:14]
    cast.bob.user.save()
    wants(cast.bob, daily=True)
    plan(acme)
    [mail] = mails(acme, TUESDAY)

    assert head in mail.html
    assert day in mail.html
    assert day in mail.text


def test_it_comes_at_eight_where_the_reader_is_and_tells_of_their_day(
    cast: Cast, acme: Tenant, morning: list[Story]
) -> None:
    cast.bob.user.time_zone = "Asia/Tokyo"
    cast.bob.user.save()
    wants(cast.bob, daily=True)
    plan(acme)
    tokyo_morning = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)

    assert timers(acme)[0][2] == tokyo_morning
    [mail] = mails(acme, tokyo_morning)
    assert "Asia/Tokyo" in mail.text
    assert "zone=Asia%2FTokyo" in mail.text
    assert "New conversations: 3" in plain(mail.text)


def test_a_day_on_which_nothing_happened_is_no_news(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    for story in morning:
        story.spam(280, cast.alice)
    wants(cast.bob, daily=True)
    with happening_at(START + timedelta(minutes=290)):
        plan(acme)
    count_up(acme)

    assert mails(acme, TUESDAY) == []
    assert [due for _kind, _subject, due in timers(acme)] == [TUESDAY + timedelta(days=1)]


def test_nobody_gets_it_who_may_not_or_will_not_any_more(
    cast: Cast, acme: Tenant, morning: list[Story]
) -> None:
    mona = make_operator(acme, name="Mona", role=Role.MANAGER)
    wants(cast.bob, daily=True)
    wants(mona, daily=True)
    plan(acme)
    wants(cast.bob, daily=False)
    with tenant_scope(TenantId(acme.pk)):
        Operator.objects.filter(pk=mona.pk).update(role=Role.OPERATOR)

    assert mails(acme, TUESDAY) == []
    assert timers(acme) == []


def link_of(mail: OutgoingMail) -> str:
    parts = urlsplit(mail.headers["List-Unsubscribe"].strip("<>"))
    return f"{parts.path}?{parts.query}"


def still_wants(operator: Operator) -> bool:
    with tenant_scope(TenantId(operator.tenant_id)):
        return Operator.objects.get(pk=operator.pk).wants("daily_report")


def test_the_link_at_its_foot_asks_first_and_stops_it_on_post(
    cast: Cast, acme: Tenant, morning: list[Story]
) -> None:
    wants(cast.bob, daily=True, weekly=True)
    plan(acme)
    [mail] = mails(acme, TUESDAY)
    client = Client(enforce_csrf_checks=True)

    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Stop the daily report?" in client.get(link_of(mail)).content.decode()
    assert still_wants(cast.bob) is True
    assert client.post(link_of(mail)).status_code == 200
    assert still_wants(cast.bob) is False
    assert [kind for kind, _subject, _due in timers(acme)] == ["report.weekly"]
    with tenant_scope(TenantId(acme.pk)):
        entry = AuditEntry.objects.get(action="report_mail.stopped")
    assert entry.changes == {"daily_report": [True, False]}


def test_a_link_for_somebody_else_is_not_found(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    wants(cast.bob, daily=True)
    plan(acme)
    [mail] = mails(acme, TUESDAY)
    forged = link_of(mail).replace(str(cast.bob.pk), str(cast.alice.pk))

    assert Client().post(forged).status_code == 404
    assert Client().post(link_of(mail).replace("/daily/", "/weekly/")).status_code == 404
    assert still_wants(cast.bob) is True
