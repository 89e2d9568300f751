"""What every endpoint does with a request before its own work: who asks, what is sent, how it is refused."""

from typing import Any

import pytest
from django.test import Client

from conversations.models import Contact
from tenants.scoping import TenantId, tenant_scope
from tests.api import Api, as_nobody, as_operator, make_key, with_key
from tests.cast import Cast


def contacts(cast: Cast) -> int:
    with tenant_scope(TenantId(cast.acme.pk)):
        return Contact.objects.count()


def test_nobody_is_told_to_log_in_or_send_a_key(db: None) -> None:
    answer = as_nobody().get("conversations")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Log in, or send a valid key.",
        "status": 401,
        "detail": "Log in, or send a valid key.",
        "code": "unauthenticated",
    }


@pytest.mark.parametrize("token", ["parley_", "parley_x", "parley_000000000000_x", "parley_\x7f_é"])
def test_a_wrong_key_is_refused_even_beside_a_session(cast: Cast, token: str) -> None:
    client = as_operator(cast.alice).client
    answer = Api(client=client, token=token.encode().decode("latin-1")).get("conversations")
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


def test_a_session_must_prove_that_its_own_page_asks(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice.user)
    refused = Api(client=client).post("contacts", {"name": "Carl"})
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    assert contacts(cast) == 1

    client.get("/inbox/")
    token = client.cookies["csrf"].value
    accepted = Api(client=client).post("contacts", {"name": "Carl"}, headers={"X-CSRFToken": token})
    assert accepted.status_code == 201
    assert contacts(cast) == 2


def test_a_key_needs_no_token_of_a_page(cast: Cast) -> None:
    api = Api(client=Client(enforce_csrf_checks=True), token=make_key(cast.acme).token)
    assert api.post("contacts", {"name": "Carl"}).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b'{"name": NaN}',
        b'{"name": "Carl", "name": "Cora"}',
        b'{"name": "\\ud800"}',
        b'{"name": "a\\u0000b"}',
        b'{"attributes": {"n": ' + b"9" * 400 + b"}}",
        b'{"attributes": {"n": 1e400}}',
        b'{"attributes": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"[]",
        b'"text"',
        b"null",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_a_body_that_is_not_plain_json_is_refused(cast: Cast, body: bytes) -> None:
    answer = with_key(cast.acme).post("contacts", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert contacts(cast) == 1


def test_a_body_over_a_megabyte_is_refused(cast: Cast) -> None:
    answer = with_key(cast.acme).post("contacts", b'{"name": "' + b"x" * 1024 * 1024 + b'"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_other_content_than_json_is_refused(cast: Cast) -> None:
    answer = Client().post(
        "/api/v1/contacts",
        b"name=Carl",
        content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Bearer {make_key(cast.acme).token}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"nmae": "Carl"}, {"nmae": ["There is no such field."]}),
        ({"name": 5}, {"name": ["Not a valid string."]}),
        ({"name": None}, {"name": ["This field may not be null."]}),
        ({"email": "nobody"}, {"email": ["Enter a valid e-mail address."]}),
        ({"attributes": []}, {"attributes": ['Expected a dictionary of items but got type "list".']}),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(cast: Cast, body: dict[str, Any], errors: Any) -> None:
    answer = with_key(cast.acme).post("contacts", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert answer.json()["errors"] == errors
    assert contacts(cast) == 1


def test_what_is_not_a_clients_to_say_is_refused(cast: Cast) -> None:
    body = {
        "id": "01a20c4e-8f00-7000-8000-00000000000a",
        "tenant_id": str(cast.globex.pk),
        "is_verified": True,
        "created_at": "2020-01-01T00:00:00Z",
        "search_text": "x",
    }
    answer = with_key(cast.acme).post("contacts", body)
    assert (answer.status_code, answer.json()["errors"].keys()) == (400, body.keys())
    assert contacts(cast) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "101"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"limit": "1e9"}, "limit"),
        ({"limit": "１０"}, "limit"),
        ({"limit": ["1", "2"]}, "limit"),
        ({"cursor": "AAAA"}, "cursor"),
        ({"cursor": "WyIyMDI2LTExLTIxIiwgIngiXQ"}, "cursor"),
        ({"status": "closed"}, "status"),
        ({"sort": "contact__email"}, "sort"),
        ({"assignee": "everybody"}, "assignee"),
        ({"inbox": "1"}, "inbox"),
        ({"is_spam": "1"}, "is_spam"),
        ({"inbox__key": "x"}, "inbox__key"),
        ({"tag": "a\x00b"}, "tag"),
    ],
)
def test_a_wrong_parameter_is_refused_by_its_name(cast: Cast, query: dict[str, Any], field: str) -> None:
    answer = as_operator(cast.alice).get("conversations", **query)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert list(answer.json()["errors"]) == [field]


def test_a_method_that_is_not_there_is_refused_with_those_that_are(cast: Cast) -> None:
    answer = with_key(cast.acme).delete("contacts")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, HEAD, POST"


def test_an_address_that_is_not_there_is_a_problem_too(cast: Cast) -> None:
    answer = with_key(cast.acme).get("conversations/7")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not_found"


def test_refusals_speak_the_language_of_whoever_asks(cast: Cast) -> None:
    api = with_key(cast.acme)
    answer = api.ask("GET", "inboxes/01a20c4e-8f00-7000-8000-00000000000a", headers={"Accept-Language": "lt"})
    assert answer.status_code == 404
    assert answer["Content-Language"] == "lt"
