"""Signing a business up, as a browser does it."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from conversations.models import Inbox
from operators.models import Operator, User
from tenants.models import Tenant
from tests.cast import Cast
from tests.operators.scenes import audited, confirmed, within

pytestmark = pytest.mark.usefixtures("db")

FORM = {
    "business": "Žalias sodas",
    "name": "Rūta",
    "email": "Ruta@Sodas.example",
    "password1": "violet tractor sings",
    "time_zone": "Europe/Vilnius",
}


def sign_up(client: Client, **changes: str) -> Any:
    return client.post("/signup/", {**FORM, **changes}, headers={"accept-language": "lt"})


def code() -> str:
    found = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert found is not None
    return found.group()


def test_a_sign_up_makes_person_business_owner_and_inbox(client: Client) -> None:
    assert sign_up(client)["Location"] == "/accounts/confirm-email/"
    user, tenant = User.objects.get(), Tenant.objects.get()
    assert (user.email, user.name, user.language, user.time_zone) == (
        "ruta@sodas.example",
        "Rūta",
        "lt",
        "Europe/Vilnius",
    )
    assert (tenant.name, tenant.language, tenant.time_zone) == ("Žalias sodas", "lt", "Europe/Vilnius")
    with within(tenant):
        owner, inbox = Operator.objects.get(), Inbox.objects.get()
    assert (owner.role, owner.display_name, owner.user) == ("owner", "Rūta", user)
    assert (inbox.kind, inbox.name, inbox.language, inbox.is_enabled) == (
        "widget",
        "Žalias sodas",
        "lt",
        True,
    )
    assert audited(tenant) == [("Rūta", "tenant.created"), ("Rūta", "inbox.created")]


def test_the_code_from_the_mail_leads_to_the_checklist(client: Client) -> None:
    sign_up(client)
    answer = client.post("/accounts/confirm-email/", {"code": code()})
    assert (answer.status_code, answer["Location"]) == (302, "/start/")
    page = client.get("/start/")
    assert page.context["done"] == 0
    assert page["Content-Language"] == "lt"


def test_nothing_is_open_before_the_address_is_confirmed(client: Client) -> None:
    sign_up(client)
    assert client.get("/start/")["Location"] == "/accounts/login/?next=/start/"


def test_five_wrong_codes_end_the_attempt(client: Client) -> None:
    sign_up(client)
    right = code()
    wrong = "000000" if right != "000000" else "111111"
    statuses = [client.post("/accounts/confirm-email/", {"code": wrong}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 302]
    assert client.post("/accounts/confirm-email/", {"code": right})["Location"] == "/accounts/login/"


def test_a_known_address_gets_the_same_answer_and_a_mail_that_says_so(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    unknown = sign_up(Client())
    page_of_unknown = Client()
    known = sign_up(client, email="alice@acme.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.cookies.keys() == unknown.cookies.keys()
    assert [message.to for message in mail.outbox] == [["ruta@sodas.example"], ["alice@acme.example"]]
    assert "/accounts/password/reset/" in str(mail.outbox[1].body)
    assert Tenant.objects.count() == 3
    sign_up(page_of_unknown, email="other@sodas.example")
    pages = [
        one.get("/accounts/confirm-email/").content.decode().replace(address, "ADDRESS")
        for one, address in ((client, "alice@acme.example"), (page_of_unknown, "other@sodas.example"))
    ]
    pages = [re.sub(r'value="\w{64}"', "", page) for page in pages]
    assert pages[0] == pages[1]


def test_a_mail_that_cannot_be_sent_leaves_nothing_behind(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    answer = client.post("/signup/", FORM, headers={"accept": "text/html"})
    assert answer.status_code == 503
    assert "cannot send mail" in answer.content.decode()
    assert (User.objects.count(), Tenant.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"business": "  "}, "business"),
        ({"business": "x" * 101}, "business"),
        ({"name": ""}, "name"),
        ({"email": "nobody"}, "email"),
        ({"password1": "short"}, "password1"),
        ({"password1": "1234567890"}, "password1"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    client: Client, changes: dict[str, str], field: str
) -> None:
    page = sign_up(client, **changes)
    assert list(page.context["form"].errors) == [field]
    assert 'value="violet tractor sings"' not in page.content.decode()
    assert User.objects.count() == 0


def test_a_time_zone_nobody_knows_becomes_utc(client: Client) -> None:
    sign_up(client, time_zone="Mars/Olympus")
    assert Tenant.objects.get().time_zone == "UTC"


def test_somebody_logged_in_opens_another_business(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice.user)
    answer = client.post("/businesses/new/", {"business": "Side project"})
    assert answer["Location"] == "/start/"
    page = client.get("/start/")
    assert (page.context["shell"].tenant.name, page.context["shell"].operator.role) == (
        "Side project",
        "owner",
    )
    assert [operator.tenant.name for operator in page.context["shell"].memberships] == [
        "Acme",
        "Side project",
    ]
