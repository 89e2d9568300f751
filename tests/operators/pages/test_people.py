"""The pages about people: invite, join, change, deactivate."""

import pytest
from django.test import Client

from operators.models import Invitation, Operator, User
from tests.cast import Cast
from tests.operators.scenes import (
    PASSWORD,
    audited,
    confirmed,
    invitation_link,
    logged_in,
    nothing_changes,
    within,
)

INVITE = "/settings/people/invite/"


def invite(cast: Cast, client: Client, email: str = "carol@acme.example", role: str = "operator") -> str:
    """Let Bob invite somebody; returns the path of the link."""
    assert logged_in(client, cast.bob).post(INVITE, {"email": email, "role": role}).status_code == 302
    return invitation_link(cast.acme)


def test_a_new_person_joins_by_the_link(cast: Cast, client: Client) -> None:
    link = invite(cast, client, role="manager")
    carol = Client()
    page = carol.get(link).content.decode()
    assert "Join <bdi>Acme</bdi>" in page
    answer = carol.post(
        link, {"name": "Carol", "password": "violet tractor sings", "time_zone": "Asia/Tehran"}
    )
    assert answer["Location"] == "/inbox/"
    user = User.objects.get(email="carol@acme.example")
    assert (user.name, user.time_zone) == ("Carol", "Asia/Tehran")
    assert carol.get("/settings/profile/").context["shell"].operator.role == "manager"


def test_opening_the_link_accepts_nothing(cast: Cast, client: Client) -> None:
    link = invite(cast, client)
    with nothing_changes(cast.acme):
        assert Client().get(link).status_code == 200


def test_somebody_known_logs_in_first_and_then_joins(cast: Cast, client: Client) -> None:
    confirmed(cast.mallory.user)
    link = invite(cast, client, email="mallory@globex.example")
    mallory = Client()
    page = mallory.get(link).content.decode()
    assert f"/accounts/login/?next={link}" in page
    with nothing_changes(cast.acme):
        mallory.post(link, {"name": "Mallory", "password": "violet tractor sings"})
    answer = mallory.post(
        "/accounts/login/", {"login": "mallory@globex.example", "password": PASSWORD, "next": link}
    )
    assert answer["Location"] == link
    assert mallory.post(link)["Location"] == "/inbox/"
    assert mallory.get("/settings/profile/").context["shell"].tenant == cast.acme


def test_somebody_else_is_told_whose_invitation_it_is(cast: Cast, client: Client) -> None:
    link = invite(cast, client)
    mallory = logged_in(Client(), cast.mallory)
    with nothing_changes(cast.acme):
        assert "You are logged in as" in mallory.get(link).content.decode()
        mallory.post(link)


@pytest.mark.parametrize("token", ["x", "0", "null", "a" * 1000, "%20"])
def test_a_link_nobody_made_leads_nowhere(cast: Cast, client: Client, token: str) -> None:
    answer = client.get(f"/invitations/{token}/")
    assert answer.status_code == 404
    assert "leads nowhere" in answer.content.decode()


def test_a_used_a_revoked_and_a_replaced_link_say_so(cast: Cast, client: Client) -> None:
    used = invite(cast, client)
    Client().post(used, {"name": "Carol", "password": "violet tractor sings"})
    page = Client().get(used)
    assert (page.status_code, "used already" in page.content.decode()) == (410, True)
    revoked = invite(cast, client, email="dave@acme.example")
    with within(cast.acme):
        dave = Invitation.objects.get(email="dave@acme.example")
    client.post(f"/settings/people/invitations/{dave.pk}/revoke/")
    page = Client().get(revoked)
    assert (page.status_code, "taken back" in page.content.decode()) == (410, True)
    assert Client().post(revoked, {"name": "Dave", "password": "violet tractor sings"}).status_code == 410


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": "", "password": "violet tractor sings"}, "name"),
        ({"name": "Carol", "password": "short"}, "password"),
        ({"name": "Carol", "password": "carol@acme.example"}, "password"),
    ],
)
def test_what_is_wrong_when_joining_is_said_at_its_field(
    cast: Cast, client: Client, form: dict[str, str], field: str
) -> None:
    link = invite(cast, client)
    with nothing_changes(cast.acme):
        page = Client().post(link, form)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not User.objects.filter(email="carol@acme.example").exists()


def test_a_refused_invitation_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    with nothing_changes(cast.acme):
        page = client.post(INVITE, {"email": "alice@acme.example", "role": "viewer"})
    assert page.status_code == 422
    assert 'value="alice@acme.example"' in page.content.decode()
    assert "an operator already" in page.content.decode()


def test_the_form_offers_no_role_above_ones_own(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    assert [
        value for value, _label in client.get("/settings/people/").context["form"].fields["role"].choices
    ] == [
        "admin",
        "manager",
        "operator",
        "viewer",
    ]
    with nothing_changes(cast.acme):
        assert client.post(INVITE, {"email": "carol@acme.example", "role": "owner"}).status_code == 422


def test_an_operator_sees_people_but_cannot_change_them(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    page = client.get("/settings/people/").content.decode()
    assert "bob@acme.example" in page
    assert "Deactivate" not in page
    with nothing_changes(cast.acme):
        assert client.post(INVITE, {"email": "x@acme.example", "role": "viewer"}).status_code == 403
        assert client.post(f"/settings/people/{cast.bob.pk}/deactivate/").status_code == 403
        assert client.post(f"/settings/people/{cast.alice.pk}/role/", {"role": "admin"}).status_code == 403


def test_a_role_is_changed_and_an_operator_deactivated_and_let_in_again(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    client.post(f"/settings/people/{cast.alice.pk}/role/", {"role": "manager"})
    client.post(f"/settings/people/{cast.alice.pk}/deactivate/")
    with within(cast.acme):
        assert Operator.objects.values_list("role", "is_active").get(pk=cast.alice.pk) == ("manager", False)
    client.post(f"/settings/people/{cast.alice.pk}/reactivate/")
    with within(cast.acme):
        assert Operator.objects.get(pk=cast.alice.pk).is_active


def test_people_of_another_tenant_do_not_exist(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    mallory = cast.mallory.pk
    with nothing_changes(cast.globex):
        assert client.post(f"/settings/people/{mallory}/role/", {"role": "viewer"}).status_code == 404
        assert client.post(f"/settings/people/{mallory}/deactivate/").status_code == 404
        assert client.post(f"/settings/people/{mallory}/reactivate/").status_code == 404
    assert "mallory" not in client.get("/settings/people/").content.decode()


def test_a_name_with_markup_is_shown_as_text(cast: Cast, client: Client) -> None:
    with within(cast.acme):
        Operator.objects.filter(pk=cast.alice.pk).update(display_name="<script>alert(1)</script>")
    page = logged_in(client, cast.bob).get("/settings/people/").content.decode()
    assert "<script>alert(1)" not in page


def test_availability_is_set_from_the_menu(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    answer = client.post(
        "/availability/", {"availability": "away"}, headers={"referer": "http://testserver/settings/teams/"}
    )
    assert answer["Location"] == "http://testserver/settings/teams/"
    with within(cast.acme):
        assert Operator.objects.get(pk=cast.alice.pk).availability == "away"
    assert client.post("/availability/", {"availability": "asleep"}).status_code == 400


def test_an_admin_sets_a_colleagues_status_and_the_trail_says_so(cast: Cast, client: Client) -> None:
    page = f"/settings/people/{cast.alice.pk}/status/"
    answer = logged_in(client, cast.bob).post(page, {"availability": "away"}, follow=True)
    assert "The status was changed." in answer.content.decode()
    with within(cast.acme):
        assert Operator.objects.get(pk=cast.alice.pk).availability == "away"
    assert audited(cast.acme)[-1] == ("Bob", "operator.availability_set")
    assert client.post(page, {"availability": "busy"}).status_code == 400


def test_an_operator_sets_nobodys_status_there(cast: Cast, client: Client) -> None:
    page = f"/settings/people/{cast.bob.pk}/status/"
    with nothing_changes(cast.acme):
        assert logged_in(client, cast.alice).post(page, {"availability": "away"}).status_code == 403
        assert logged_in(Client(), cast.mallory).post(page, {"availability": "away"}).status_code in (
            403,
            404,
        )
