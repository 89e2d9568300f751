"""Who a session is, at which tenant, in which language."""

import pytest
from django.test import Client

from operators.accounts.devices import device_name
from operators.models import Operator
from tests.cast import Cast
from tests.operators.scenes import logged_in, within


def work_at_both(cast: Cast) -> None:
    with within(cast.globex):
        Operator.objects.create(user=cast.alice.user, display_name="Alice at Globex")


def tenant_of(client: Client) -> str:
    return str(client.get("/settings/profile/").context["shell"].tenant.name)


def test_a_session_works_for_the_only_tenant(cast: Cast, client: Client) -> None:
    assert tenant_of(logged_in(client, cast.mallory)) == "Globex"


def test_a_person_of_two_tenants_switches(cast: Cast, client: Client) -> None:
    work_at_both(cast)
    logged_in(client, cast.alice)
    assert tenant_of(client) == "Acme"
    before = client.session.session_key
    assert client.post("/switch/", {"tenant": str(cast.globex.pk)})["Location"] == "/inbox/"
    assert tenant_of(client) == "Globex"
    assert client.session.session_key != before


@pytest.mark.parametrize("wanted", ["", "nonsense", "globex"])
def test_nobody_switches_to_a_tenant_that_is_not_theirs(cast: Cast, client: Client, wanted: str) -> None:
    logged_in(client, cast.alice)
    tenant = str(cast.globex.pk) if wanted == "globex" else wanted
    assert client.post("/switch/", {"tenant": tenant}).status_code == 404
    assert tenant_of(client) == "Acme"


def test_a_tenant_id_put_into_the_session_opens_nothing(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    session = client.session
    session["tenant_id"] = str(cast.globex.pk)
    session.save()
    assert tenant_of(client) == "Acme"


def test_a_change_of_role_holds_from_the_next_request(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    assert client.get("/settings/general/").status_code == 200
    with within(cast.acme):
        Operator.objects.filter(pk=cast.bob.pk).update(role="viewer")
    assert client.get("/settings/general/").status_code == 403


def test_a_user_who_is_switched_off_is_nobody(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    cast.alice.user.is_active = False
    cast.alice.user.save()
    assert client.get("/settings/profile/").status_code == 302


def test_the_language_is_the_persons_then_the_cookies_then_the_browsers(cast: Cast, client: Client) -> None:
    fa = {"accept-language": "fa-IR,fa;q=0.9"}
    assert client.get("/accounts/login/", headers=fa)["Content-Language"] == "fa"
    client.post("/language/", {"language": "ar", "next": "/"})
    assert client.get("/accounts/login/", headers=fa)["Content-Language"] == "ar"
    cast.alice.user.language = "lt"
    cast.alice.user.save()
    logged_in(client, cast.alice)
    assert client.get("/settings/profile/", headers=fa)["Content-Language"] == "lt"


def test_right_to_left_languages_turn_the_page(cast: Cast, client: Client) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_choosing_a_language_leads_nowhere_else(cast: Cast, client: Client) -> None:
    answer = client.post("/language/", {"language": "fa", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        ("curl/8.1", "curl/8.1"),
    ],
)
def test_browsers_are_named_as_people_know_them(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
