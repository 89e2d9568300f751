"""The pages of the reports: who may see them, what they show, what they refuse."""

import csv
import io
import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from operators.models import Operator
from tenants.clock import happening_at
from tenants.ids import uuid7
from tenants.models import AuditEntry, Tenant
from tenants.permissions import Role
from tenants.scoping import TenantId, tenant_scope
from tests.analytics.deeds import START, Story
from tests.cast import Cast, make_operator

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

PAGES = ("/reports/", "/reports/operators/", "/reports/live/", "/reports/conversations/?measure=new")
FILES = ("series", "heat", "operators", "inboxes")


def as_(operator: Operator, path: str) -> HttpResponse:
    client = Client()
    client.force_login(operator.user)
    response = client.get(path)
    assert isinstance(response, HttpResponse)
    return response


def text(response: HttpResponse) -> str:
    return response.content.decode()


def entries(tenant: Tenant) -> list[AuditEntry]:
    with tenant_scope(TenantId(tenant.pk)):
        return list(AuditEntry.objects.filter(action="report.exported").order_by("created_at"))


@pytest.mark.parametrize("path", PAGES)
def test_an_admin_and_a_manager_see_the_reports(cast: Cast, acme: Tenant, path: str) -> None:
    manager = make_operator(acme, name="Mona", role=Role.MANAGER)

    assert [as_(cast.bob, path).status_code, as_(manager, path).status_code] == [200, 200]


@pytest.mark.parametrize("path", [*PAGES, "/reports/live/data/", "/reports/export/series.csv"])
def test_an_operator_does_not(cast: Cast, acme: Tenant, path: str) -> None:
    assert as_(cast.alice, path).status_code == 403
    assert entries(acme) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_the_log_in(cast: Cast, path: str) -> None:
    response = Client().get(path)

    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_the_overview_shows_the_figures_of_the_morning(
    cast: Cast, acme: Tenant, morning: list[Story]
) -> None:
    page = text(as_(cast.bob, "/reports/?period=today"))
    charts = json.loads(page.split('<script id="charts" type="application/json">')[1].split("</script>")[0])

    assert "November 2, 2026" in page
    assert "4 min" in page
    assert [series["values"] for series in charts["volume"]["series"]] == [
        [0] * 11 + [1, 1, 1, 0, 0, 0],
        [0] * 12 + [1, 0, 0, 0, 0],
        [0] * 11 + [1, 1, 0, 0, 0, 0],
    ]
    assert charts["ratings"]["series"][0]["values"] == [0, 1, 0, 0, 1]


def test_before_the_first_conversation_the_page_says_why_it_is_empty(cast: Cast, acme: Tenant) -> None:
    page = text(as_(cast.bob, "/reports/"))

    assert "No conversations yet" in page
    assert "tile__value" not in page


def test_a_number_leads_to_as_many_conversations(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    page = text(as_(cast.bob, "/reports/conversations/?measure=first_response&period=today&sort=slowest"))

    assert "2 in all" in page
    assert page.index(str(morning[1].id)) < page.index(str(morning[0].id))
    assert str(morning[2].id) not in page


def test_a_point_of_a_chart_leads_to_its_hour(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    point = (START + timedelta(minutes=60)).isoformat().replace("+", "%2B")
    page = text(as_(cast.bob, f"/reports/conversations/?measure=new&period=today&point={point}"))

    assert [str(story.id) in page for story in morning] == [False, True, False]


@pytest.mark.parametrize("name", ["inbox", "operator", "team"])
def test_an_id_of_another_tenant_is_answered_like_one_that_does_not_exist(
    cast: Cast, acme: Tenant, name: str
) -> None:
    foreign = {"inbox": cast.globex_widget.pk, "operator": cast.mallory.pk, "team": uuid7()}[name]

    def answer(wanted: UUID) -> tuple[int, bytes]:
        response = as_(cast.bob, f"/reports/?{name}={wanted}")
        return response.status_code, response.content

    assert answer(foreign)[0] == 404
    assert answer(foreign)[0] == answer(uuid7())[0]


@pytest.mark.parametrize(
    "query",
    [
        "period=forever",
        "period=custom&from=yesterday",
        "from=2026-11-05&to=2026-11-01",
        "from=2020-01-01&to=2026-01-01",
        "hours=night",
        "compare=all",
        "zone=Mars/Olympus",
    ],
)
def test_what_cannot_be_asked_is_refused_clearly(cast: Cast, acme: Tenant, query: str) -> None:
    assert as_(cast.bob, f"/reports/?{query}").status_code == 400


@pytest.mark.parametrize("query", ["measure=new&hour=24", "measure=rated&score=6", "measure=new&weekday=x"])
def test_a_part_that_is_out_of_range_is_refused(cast: Cast, acme: Tenant, query: str) -> None:
    assert as_(cast.bob, f"/reports/conversations/?{query}").status_code == 400


@pytest.mark.parametrize("query", ["measure=luck", "measure=new&point=2020-01-01"])
def test_a_measure_or_a_point_that_is_not_there_is_not_found(cast: Cast, acme: Tenant, query: str) -> None:
    assert as_(cast.bob, f"/reports/conversations/?{query}").status_code == 404


def test_the_wall_answers_with_its_texts(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    answer = as_(cast.bob, "/reports/live/data/")
    wall = json.loads(answer.content)

    assert answer.headers["Cache-Control"].startswith("max-age=0")
    assert (wall["alert"], wall["texts"]["waiting"], wall["texts"]["longest_wait"]) == (
        True,
        "1",
        "3 hr 30 min",
    )
    assert [person["name"] for person in wall["operators"]] == ["Alice", "Bob"]


@pytest.mark.parametrize("table", FILES)
def test_every_table_is_a_file_and_each_export_is_noted(
    cast: Cast, acme: Tenant, morning: list[Story], table: str
) -> None:
    response = as_(cast.bob, f"/reports/export/{table}.csv?period=today&measure=new")
    rows = list(csv.reader(io.StringIO(text(response).removeprefix("\ufeff"), newline="")))

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="parley-{table}-2026-11-02-2026-11-02.csv"' in response.headers["Content-Disposition"]
    assert len(rows) - 1 == {"series": 17, "heat": 168, "operators": 2, "inboxes": 1}[table]
    [entry] = entries(acme)
    assert (entry.target, entry.changes["rows"]) == (f"report:{table}", [None, len(rows) - 1])
    assert entry.actor == cast.bob.actor.reference


def test_the_file_says_what_the_page_says(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    response = as_(cast.bob, "/reports/export/operators.csv?period=today")
    alice, bob = csv.DictReader(io.StringIO(text(response).removeprefix("\ufeff"), newline=""))

    assert (alice["name"], alice["answered"], alice["resolved"], alice["open_at_end"]) == (
        "Alice",
        "2",
        "2",
        "1",
    )
    assert (alice["first_response_n"], alice["first_response_mean_s"]) == ("2", "360.0")
    assert (bob["waiting_n"], bob["waiting_mean_s"]) == ("1", "120.0")


def test_a_table_that_is_not_there_is_not_found_and_not_noted(cast: Cast, acme: Tenant) -> None:
    assert as_(cast.bob, "/reports/export/secrets.csv").status_code == 404
    assert entries(acme) == []


def test_a_persian_page_is_in_persian_digits_and_days(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    cast.bob.user.language = "fa"
    cast.bob.user.save()
    page = text(as_(cast.bob, "/reports/?period=today"))

    assert '<html lang="fa" dir="rtl"' in page
    assert "۱۱ آبان ۱۴۰۵" in page
    assert 'data-calendar="persian"' in page


def test_the_page_says_up_to_when_it_is_counted(cast: Cast, acme: Tenant, morning: list[Story]) -> None:
    with happening_at(START + timedelta(minutes=300)):
        morning[0].asks(299)

    assert "counted up to 13:00" in text(as_(cast.bob, "/reports/?period=today"))
