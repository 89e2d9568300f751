"""The pages where macros are made, changed and removed."""

from django.test import Client

from conversations.actions.manage_tags import create_tag
from conversations.models import Macro
from tests.cast import Cast
from tests.operators.scenes import logged_in, nothing_changes, within

PAGE = "/settings/macros/"


def test_a_macro_is_made_shown_changed_and_removed(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    assert "No macros yet" in client.get(PAGE).content.decode()
    with within(cast.acme):
        create_tag(actor=cast.bob.actor, name="late")
    sent = {
        "name": "Late parcel",
        "reply": "It is on its way.",
        "tags": ["late"],
        "assigns": f"operator:{cast.alice.pk}",
        "status": "snoozed",
        "snooze_hours": "4",
    }
    assert client.post(f"{PAGE}new/", sent).status_code == 302
    with within(cast.acme):
        macro = Macro.objects.get()
    assert (macro.assigns, macro.to_operator_id, macro.to_team_id) == ("operator", cast.alice.pk, None)
    assert (macro.tags, macro.status, macro.snooze_hours, macro.priority) == (["late"], "snoozed", 4, "")
    form = client.get(f"{PAGE}{macro.pk}/").context["form"]
    assert (form["assigns"].value(), form["tags"].value()) == (f"operator:{cast.alice.pk}", ["late"])
    client.post(f"{PAGE}{macro.pk}/", {**sent, "assigns": "me"})
    with within(cast.acme):
        macro.refresh_from_db()
    assert (macro.assigns, macro.to_operator_id) == ("me", None)
    client.post(f"{PAGE}{macro.pk}/delete/")
    assert "No macros yet" in client.get(PAGE).content.decode()


def test_one_that_does_nothing_is_refused_and_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    with nothing_changes(cast.acme):
        page = client.post(f"{PAGE}new/", {"name": "Idle", "snooze_hours": "24"})
    assert page.status_code == 422
    assert "A macro does at least one thing." in page.content.decode()
    assert page.context["form"]["name"].value() == "Idle"
