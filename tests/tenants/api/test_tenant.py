"""Settings, keys and the audit trail over the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tenants.clock import happening_at, now
from tenants.permissions import Permission
from tests.api import Api, as_operator, with_key
from tests.cast import Cast


def test_settings_change_in_part_and_leave_a_trace(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    before = bob.get("settings").json()
    hours: dict[str, Any] = {
        "time_zone": None,
        "always": False,
        "weekly": {"mon": [["09:00", "17:00"]]},
        "holidays": [],
    }
    changed = bob.patch(
        "settings", {"time_zone": "Asia/Tehran", "calendar": "persian", "business_hours": hours}
    )
    assert changed.json() == before | {
        "time_zone": "Asia/Tehran",
        "calendar": "persian",
        "business_hours": hours,
    }
    trace = bob.get("audit", action="settings.changed").json()["results"]
    assert [(entry["actor_name"], entry["target"]) for entry in trace] == [("Bob", f"tenant:{cast.acme.pk}")]
    assert trace[0]["changes"]["time_zone"] == ["UTC", "Asia/Tehran"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"language": "de"}, "language"),
        ({"week_start": 8}, "week_start"),
        ({"follow_up_minutes": 0}, "follow_up_minutes"),
        ({"business_hours": {"weekly": {"monday": []}}}, "business_hours"),
        ({"business_hours": {"holidays": [["2026-12-25"]]}}, "business_hours"),
        ({"is_demo": True}, "is_demo"),
    ],
)
def test_a_setting_that_is_not_valid_changes_nothing(cast: Cast, body: dict[str, Any], field: str) -> None:
    bob = as_operator(cast.bob)
    before = bob.get("settings").json()
    answer = bob.patch("settings", {"csat_enabled": False} | body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert bob.get("settings").json() == before


def test_a_key_is_shown_once_works_and_ends(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    made = bob.post("api-keys", {"name": "CRM", "permissions": ["contacts:read", "api_keys:write"]})
    assert made.status_code == 201, made.content
    token = made.json()["token"]
    assert token.startswith(made.json()["prefix"] + "_")
    crm = Api(client=Client(), token=token)
    assert crm.get("contacts").status_code == 200
    assert crm.get("conversations").status_code == 403
    listed = bob.get("api-keys").json()["results"]
    assert [key["name"] for key in listed] == ["CRM"]
    assert (listed[0]["last_used_at"] is not None, token in str(listed)) == (True, False)

    rotated = bob.post(f"api-keys/{made.json()['id']}/rotate").json()["token"]
    fresh = Api(client=crm.client, token=rotated)
    assert [crm.get("contacts").status_code, fresh.get("contacts").status_code] == [200, 200]
    with happening_at(now() + timedelta(hours=25)):
        assert [crm.get("contacts").status_code, fresh.get("contacts").status_code] == [401, 200]

    assert bob.delete(f"api-keys/{made.json()['id']}").status_code == 204
    assert fresh.get("contacts").status_code == 401


def test_a_key_that_expired_is_refused(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    body = {"name": "CRM", "permissions": ["contacts:read"]}
    past = bob.post("api-keys", body | {"expires_at": "2020-01-01T00:00:00Z"})
    assert (past.status_code, list(past.json()["errors"])) == (400, ["expires_at"])
    soon = bob.post("api-keys", body | {"expires_at": (now() + timedelta(hours=1)).isoformat()}).json()[
        "token"
    ]
    crm = Api(client=Client(), token=soon)
    assert crm.get("contacts").status_code == 200
    with happening_at(now() + timedelta(hours=2)):
        assert crm.get("contacts").status_code == 401


def test_a_key_makes_and_takes_no_key_that_is_stronger_than_itself(cast: Cast) -> None:
    weak = with_key(cast.acme, permissions={Permission.WRITE_API_KEYS})
    strong = as_operator(cast.bob).post(
        "api-keys", {"name": "CRM", "permissions": ["contacts:read", "contacts:write"]}
    )
    assert weak.post("api-keys", {"name": "x", "permissions": ["contacts:read"]}).status_code == 403
    assert weak.post(f"api-keys/{strong.json()['id']}/rotate").status_code == 403
