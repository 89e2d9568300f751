"""The settings pages: what is saved, what is refused, what is written down."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from operators.models import User
from operators.pages.hours import HolidayRow
from tenants.clock import now
from tenants.models import ApiKey, AuditEntry, Tenant
from tenants.spreadsheets import safe_cell
from tests.cast import Cast
from tests.operators.scenes import audited, logged_in, nothing_changes, within

GENERAL = {
    "name": "Acme & Sons",
    "language": "fa",
    "time_zone": "Asia/Tehran",
    "calendar": "persian",
    "week_start": "6",
    "hours_mode": "weekly",
    "mon_start": ["09:00", "14:00"],
    "mon_end": ["12:00", "18:00"],
    "fri_start": ["22:00"],
    "fri_end": ["02:00"],
    "holiday": ["2026-12-25", "2026-01-01", "2026-12-25"],
    "holiday_name": ["", "", " Christmas  Day "],
    "holiday_every": ["once", "once", "year"],
}


def test_general_settings_are_saved_with_their_hours(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    assert client.post("/settings/general/", GENERAL)["Location"] == "/settings/general/"
    tenant = Tenant.objects.get(pk=cast.acme.pk)
    assert (tenant.name, tenant.language, tenant.time_zone, tenant.calendar, tenant.week_start) == (
        "Acme & Sons",
        "fa",
        "Asia/Tehran",
        "persian",
        6,
    )
    assert tenant.business_hours == {
        "time_zone": None,
        "always": False,
        "weekly": {"mon": [["09:00", "12:00"], ["14:00", "18:00"]], "fri": [["22:00", "02:00"]]},
        "holidays": [
            {"date": "2026-01-01", "name": "", "yearly": False},
            {"date": "2026-12-25", "name": "Christmas Day", "yearly": True},
        ],
    }
    assert audited(cast.acme) == [("Bob", "settings.changed")]


def test_an_entry_says_where_it_was_done_from(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob).post("/settings/general/", GENERAL, REMOTE_ADDR="203.0.113.7")
    with within(cast.acme):
        assert AuditEntry.objects.get().address == "203.0.113.7"


def test_the_saved_hours_are_shown_again(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    client.post("/settings/general/", GENERAL)
    editor = client.get("/settings/general/").context["editor"]
    assert editor.mode == "weekly"
    assert editor.holidays == [
        HolidayRow(day="2026-01-01"),
        HolidayRow(day="2026-12-25", name="Christmas Day", is_yearly=True),
    ]
    assert [day.key for day in editor.days] == ["sat", "sun", "mon", "tue", "wed", "thu", "fri"]
    assert [day.slots for day in editor.days][2] == [("09:00", "12:00"), ("14:00", "18:00")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "This field is required."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"language": "xx"}, "Select a valid choice"),
        ({"mon_end": ["12:00", ""]}, "Enter both times"),
        ({"mon_end": ["15:00", "18:00"]}, "These times overlap."),
        ({"mon_end": ["09:00", "18:00"]}, "Opening and closing time are the same."),
        ({"mon_start": ["25:00", "14:00"]}, "Enter both times"),
        ({"holiday": ["tomorrow"]}, "tomorrow is not a date."),
        ({"holiday_name": ["x" * 61]}, "The name of a holiday has up to 60 characters."),
        ({"mon_start": [], "mon_end": [], "fri_start": [], "fri_end": []}, "at least one opening time"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    cast: Cast, client: Client, changes: dict[str, object], said: str
) -> None:
    logged_in(client, cast.bob)
    with nothing_changes(cast.acme):
        page = client.post("/settings/general/", {**GENERAL, **changes})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Tenant.objects.get(pk=cast.acme.pk).time_zone == "UTC"


def test_the_same_settings_again_leave_no_trace(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    client.post("/settings/general/", GENERAL)
    with nothing_changes(cast.acme):
        client.post("/settings/general/", GENERAL)


def test_follow_up_settings_are_saved(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    client.post("/settings/follow-up/", {"follow_up_minutes": "25", "csat_enabled": "on"})
    tenant = Tenant.objects.get(pk=cast.acme.pk)
    assert (tenant.follow_up_enabled, tenant.follow_up_minutes, tenant.csat_enabled) == (False, 25, True)
    with nothing_changes(cast.acme):
        assert client.post("/settings/follow-up/", {"follow_up_minutes": "0"}).status_code == 422


def test_a_profile_is_saved_in_the_language_it_asks_for(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    client.post(
        "/settings/profile/",
        {
            "name": "Alice Ames",
            "display_name": "Alice",
            "language": "lt",
            "time_zone": "Europe/Vilnius",
            "sound": "on",
        },
    )
    user = User.objects.get(pk=cast.alice.user_id)
    assert (user.name, user.language, user.time_zone) == ("Alice Ames", "lt", "Europe/Vilnius")
    assert client.get("/settings/profile/")["Content-Language"] == "lt"


def test_reports_are_offered_by_mail_only_to_who_may_read_them(cast: Cast, client: Client) -> None:
    assert (
        "weekly_report" not in logged_in(client, cast.alice).get("/settings/profile/").context["form"].fields
    )
    assert "weekly_report" in logged_in(Client(), cast.bob).get("/settings/profile/").context["form"].fields


def make_key(client: Client, **changes: object) -> str:
    form = {"name": "Web shop", "permissions": ["conversations:read"], "expires_in": "90", **changes}
    page = client.post("/settings/api-keys/new/", form)
    return str(page.context["issued"].token)


def test_a_new_keys_token_is_on_the_page_once_and_opens_the_api(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    token = make_key(client)
    assert token not in client.get("/settings/api-keys/").content.decode()
    answer = Client().get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    with within(cast.acme):
        key = ApiKey.objects.get()
    assert key.expires_at is not None
    assert timedelta(days=89) < key.expires_at - now() < timedelta(days=91)
    assert audited(cast.acme) == [("Bob", "api_key.created")]


def test_a_key_is_rotated_and_revoked(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    make_key(client)
    with within(cast.acme):
        key = ApiKey.objects.get()
    page = client.post(f"/settings/api-keys/{key.pk}/rotate/")
    fresh = page.context["issued"].token
    assert Client().get("/api/v1/me", headers={"authorization": f"Bearer {fresh}"}).status_code == 200
    client.post(f"/settings/api-keys/{key.pk}/revoke/")
    assert Client().get("/api/v1/me", headers={"authorization": f"Bearer {fresh}"}).status_code == 401


def test_a_key_may_not_do_what_its_maker_may_not(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    form = {"name": "x", "permissions": ["tenant:write"], "expires_in": ""}
    with nothing_changes(cast.acme):
        assert client.post("/settings/api-keys/new/", form).status_code == 422
    with within(cast.acme):
        assert ApiKey.objects.count() == 0


def test_another_tenants_key_does_not_exist(cast: Cast, client: Client) -> None:
    with within(cast.globex):
        key = ApiKey.objects.create(
            name="theirs", prefix="abc", secret_hash="x", permissions=["conversations:read"], created_by="x"
        )
    logged_in(client, cast.bob)
    assert client.post(f"/settings/api-keys/{key.pk}/revoke/").status_code == 404
    assert client.post(f"/settings/api-keys/{key.pk}/rotate/").status_code == 404
    assert "theirs" not in client.get("/settings/api-keys/").content.decode()
    with within(cast.globex):
        assert ApiKey.objects.get().revoked_at is None


def an_entry(cast: Cast, *, name: str = "Bob", action: str = "settings.changed", days_ago: int = 0) -> None:
    with within(cast.acme):
        AuditEntry.objects.create(
            actor="operator:x",
            actor_name=name,
            action=action,
            changes={"name": ["=HYPERLINK()", "new"]},
            created_at=now() - timedelta(days=days_ago),
        )


def shown(client: Client, query: str = "") -> list[tuple[str, str]]:
    page = client.get(f"/settings/audit/{query}")
    return [(entry.actor_name, entry.action) for entry, _label, _changes in page.context["entries"]]


def test_the_audit_log_shows_the_tenants_entries_newest_first(cast: Cast, client: Client) -> None:
    an_entry(cast, name="Old", days_ago=3)
    an_entry(cast, name="New")
    with within(cast.globex):
        AuditEntry.objects.create(actor="x", actor_name="Mallory", action="settings.changed")
    assert shown(logged_in(client, cast.bob)) == [("New", "settings.changed"), ("Old", "settings.changed")]


def test_the_audit_log_is_filtered_by_person_action_and_day(cast: Cast, client: Client) -> None:
    an_entry(cast, name="Alice", action="team.created", days_ago=10)
    an_entry(cast, name="Bob", action="settings.changed", days_ago=1)
    logged_in(client, cast.bob)
    week_ago = (now() - timedelta(days=7)).date()
    assert shown(client, "?who=ali") == [("Alice", "team.created")]
    assert shown(client, "?action=settings.changed") == [("Bob", "settings.changed")]
    assert shown(client, f"?since={week_ago}") == [("Bob", "settings.changed")]
    assert shown(client, f"?until={week_ago}") == [("Alice", "team.created")]


def test_the_audit_log_goes_on_page_by_page(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("operators.pages.settings.audit.PAGE", 2)
    for number in range(5):
        an_entry(cast, name=f"Person {number}", days_ago=number)
    logged_in(client, cast.bob)
    first = client.get("/settings/audit/")
    second = client.get(f"/settings/audit/?after={first.context['next']}")
    third = client.get(f"/settings/audit/?after={second.context['next']}")
    names = [entry.actor_name for page in (first, second, third) for entry, *_rest in page.context["entries"]]
    assert names == [f"Person {number}" for number in range(5)]
    assert third.context["next"] is None


def test_the_audit_log_is_exported_as_text_no_spreadsheet_runs(cast: Cast, client: Client) -> None:
    an_entry(cast, name="=cmd|' /C calc'!A0")
    answer = logged_in(client, cast.bob).get("/settings/audit/export/")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["time", "name", "actor", "action", "target", "changes", "address"]
    assert rows[1][1] == "'=cmd|' /C calc'!A0"
    assert audited(cast.acme)[-1] == ("Bob", "audit.exported")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_is_quoted(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_numbers_and_plain_text_stay_as_they_are() -> None:
    assert (safe_cell(-3), safe_cell(2.5), safe_cell("a-b"), safe_cell(None)) == ("-3", "2.5", "a-b", "")


def test_teams_are_made_changed_and_removed_by_their_pages(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    asked = {
        "assignment_mode": "round_robin",
        "offer_seconds": "30",
        "languages": ["lt"],
        "countries": "lt, LV",
    }
    client.post("/settings/teams/new/", {"name": "Sales", "members": [str(cast.alice.pk)], **asked})
    team = client.get("/settings/teams/").context["teams"][0]
    assert (team.name, [one.operator.display_name for one in team.active_memberships]) == ("Sales", ["Alice"])
    assert (team.assignment_mode, team.offer_seconds) == ("round_robin", 30)
    assert (team.languages, team.countries) == (["lt"], ["LT", "LV"])
    shown = client.get(f"/settings/teams/{team.pk}/").context["form"].initial
    assert (shown["countries"], shown["assignment_mode"]) == ("LT, LV", "round_robin")
    page = client.post("/settings/teams/new/", {"name": "sales", **asked})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["name"])
    page = client.post("/settings/teams/new/", {"name": "Other", **asked, "countries": "XX"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["countries"])
    client.post(f"/settings/teams/{team.pk}/", {"name": "Shop", "members": [], **asked})
    client.post(f"/settings/teams/{team.pk}/delete/")
    assert audited(cast.acme) == [("Bob", "team.created"), ("Bob", "team.changed"), ("Bob", "team.removed")]
    assert "No teams yet" in client.get("/settings/teams/").content.decode()


def test_a_team_has_hours_of_its_own_where_it_says_so(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    asked = {"name": "Night", "assignment_mode": "manual", "offer_seconds": "20"}
    own = {"hours_mode": "weekly", "hours_zone": "Asia/Tehran", "sat_start": ["22:00"], "sat_end": ["06:00"]}
    assert client.post("/settings/teams/new/", {**asked, **own}).status_code == 302
    team = client.get("/settings/teams/").context["teams"][0]
    assert team.business_hours == {
        "time_zone": "Asia/Tehran", "always": False, "weekly": {"sat": [["22:00", "06:00"]]}, "holidays": [],
    }  # fmt: skip
    address = f"/settings/teams/{team.pk}/"
    editor = client.get(address).context["editor"]
    assert (editor.mode, editor.time_zone) == ("weekly", "Asia/Tehran")
    with nothing_changes(cast.acme):
        page = client.post(address, {**asked, **own, "sat_end": ["22:00"]})
    assert page.status_code == 422
    assert "Opening and closing time are the same." in page.content.decode()
    client.post(address, {**asked, "hours_mode": "tenant"})
    assert client.get("/settings/teams/").context["teams"][0].business_hours is None


def test_the_page_of_a_persons_limit_saves_it_and_keeps_what_is_refused(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    address = f"/settings/people/{cast.alice.pk}/workload/"
    refused = client.post(address, {"max_conversations": "99"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["max_conversations"])
    client.post(address, {"max_conversations": "7", "languages": ["en", "fa"]})
    assert client.get(address).context["form"].initial == {"max_conversations": 7, "languages": ["en", "fa"]}
    assert audited(cast.acme) == [("Bob", "operator.workload_changed")]
