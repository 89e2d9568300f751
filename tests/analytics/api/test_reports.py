"""The reports over the API."""

from typing import Any

import pytest

from tenants.permissions import Role
from tests.api import as_operator
from tests.cast import Cast, begin, close, make_operator, make_visitor, reply


def test_the_live_report_counts_what_is_going_on(cast: Cast) -> None:
    begin(make_visitor(cast.acme_widget), "Anybody?")
    answered = begin(cast.vera, "Hello")
    reply(cast.alice, answered)
    begin(make_visitor(cast.globex_widget), "Elsewhere")
    report = as_operator(cast.bob).get("reports/live").json()
    assert {name: report[name] for name in ("waiting", "active", "unassigned", "online")} == {
        "waiting": 1,
        "active": 1,
        "unassigned": 1,
        "online": 2,
    }
    assert [(one["name"], one["active"]) for one in report["operators"]] == [("Alice", 1), ("Bob", 0)]


def test_the_overview_has_the_period_that_was_asked_for(cast: Cast) -> None:
    close(cast.alice, begin(cast.vera, "Hello"))
    query = {"period": "custom", "from": "2026-01-01", "to": "2026-01-31", "hours": "business"}
    report = as_operator(cast.bob).get("reports/overview", **query)
    assert report.status_code == 200, report.content
    assert report.json()["period"] == {
        "preset": "custom",
        "from": "2026-01-01",
        "to": "2026-01-31",
        "time_zone": "UTC",
    }
    assert (report.json()["hours"], len(report.json()["series"]), report.json()["new"]["value"]) == (
        "business",
        31,
        0,
    )


def test_everyone_at_work_has_a_row(cast: Cast) -> None:
    make_operator(cast.acme, name="Victor", role=Role.VIEWER)
    report = as_operator(cast.bob).get("reports/operators").json()
    assert sorted(row["name"] for row in report["results"]) == ["Alice", "Bob"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"period": "year"}, "period"),
        ({"period": "custom", "from": "2026-02-30"}, "from"),
        ({"period": "custom", "from": "0001-01-01"}, "from"),
        ({"period": "custom", "from": "2026-02-02", "to": "2026-02-01"}, "to"),
        ({"period": "custom", "from": "2020-01-01", "to": "2026-01-01"}, "to"),
        ({"hours": "night"}, "hours"),
        ({"compare": "year"}, "compare"),
    ],
)
def test_a_wrong_parameter_is_refused_by_its_name(cast: Cast, query: dict[str, Any], field: str) -> None:
    answer = as_operator(cast.bob).get("reports/overview", **query)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_another_tenants_inbox_is_not_found(cast: Cast) -> None:
    for report in ("overview", "operators", "live"):
        answer = as_operator(cast.bob).get(f"reports/{report}", inbox=str(cast.globex_widget.pk))
        assert answer.status_code == 404
