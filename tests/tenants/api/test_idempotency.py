"""A POST that is repeated with its Idempotency-Key is done once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from conversations.models import Tag
from tenants.api.idempotency import KEPT
from tenants.clock import happening_at, now
from tenants.models import ApiKey, IdempotencyRecord
from tenants.scoping import TenantId, tenant_scope
from tests.api import Api, as_operator, with_key
from tests.cast import Cast, begin, make_cast

KEY = {"Idempotency-Key": "order-1042"}


def tags(cast: Cast) -> list[str]:
    with tenant_scope(TenantId(cast.acme.pk)):
        return sorted(Tag.objects.values_list("name", flat=True))


def test_a_repetition_gets_the_first_answer_and_does_nothing(cast: Cast) -> None:
    api = with_key(cast.acme)
    first = api.post("tags", {"name": "late"}, headers=KEY)
    again = api.post("tags", {"name": "late"}, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert ("Idempotency-Replayed" in first.headers, again["Idempotency-Replayed"]) == (False, "true")
    assert tags(cast) == ["late"]


def test_the_same_key_with_another_body_or_address_is_refused(cast: Cast) -> None:
    api = with_key(cast.acme)
    api.post("tags", {"name": "late"}, headers=KEY)
    for path, body in (("tags", {"name": "early"}), ("contacts", {"name": "late"})):
        answer = api.post(path, body, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert tags(cast) == ["late"]


def test_what_was_refused_may_be_mended_and_sent_again(cast: Cast) -> None:
    api = with_key(cast.acme)
    assert api.post("tags", {"name": "late", "colour": "teal"}, headers=KEY).status_code == 400
    assert api.post("tags", {"name": "late", "colour": "#0f766e"}, headers=KEY).status_code == 201


def test_two_callers_may_use_the_same_key(cast: Cast) -> None:
    assert with_key(cast.acme).post("tags", {"name": "late"}, headers=KEY).status_code == 201
    assert as_operator(cast.bob).post("tags", {"name": "early"}, headers=KEY).status_code == 201
    assert with_key(cast.globex).post("tags", {"name": "other"}, headers=KEY).status_code == 201
    assert tags(cast) == ["early", "late"]


def test_a_secret_is_not_kept_for_the_repetition(cast: Cast) -> None:
    api = as_operator(cast.bob)
    body = {"name": "CRM", "permissions": ["contacts:read"]}
    first, again = (api.post("api-keys", body, headers=KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 409)
    with tenant_scope(TenantId(cast.acme.pk)):
        assert ApiKey.objects.count() == 1
        assert IdempotencyRecord.objects.values_list("status", "answer").get() == (201, None)


def test_a_file_sent_again_is_kept_once(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    client = as_operator(cast.alice).client
    ids = [
        client.post(
            "/api/v1/attachments",
            {"conversation_id": str(conversation.pk), "file": SimpleUploadedFile("a.txt", b"one parcel")},
            headers=KEY,
        ).json()["id"]
        for _ in range(2)
    ]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 256])
def test_a_key_of_other_characters_is_refused(cast: Cast, key: str) -> None:
    answer = with_key(cast.acme).post("tags", {"name": "late"}, headers={"Idempotency-Key": key})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["Idempotency-Key"])
    assert tags(cast) == []


def test_an_answer_is_forgotten_after_a_day(cast: Cast) -> None:
    api = with_key(cast.acme)
    with happening_at(now() - KEPT - timedelta(minutes=1)):
        assert api.post("tags", {"name": "late"}, headers=KEY).status_code == 201
    assert api.post("tags", {"name": "early"}, headers=KEY).status_code == 201
    assert tags(cast) == ["early", "late"]


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_do_it_once() -> None:
    cast = make_cast()
    token = with_key(cast.acme).token
    start = threading.Barrier(2)
    answers: list[Any] = []

    def send() -> None:
        from django.test import Client

        start.wait()
        answers.append(Api(client=Client(), token=token).post("tags", {"name": "late"}, headers=KEY))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert sorted("Idempotency-Replayed" in answer.headers for answer in answers) == [False, True]
    assert tags(cast) == ["late"]
