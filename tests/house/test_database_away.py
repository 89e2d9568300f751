"""The database goes away in the middle of a request: the answer says when to try again."""

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client

from operators.sessions import SessionStore
from tests.cast import Cast, begin
from tests.servers import superuser_url

pytestmark = pytest.mark.django_db(transaction=True)


def cut_our_connection() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    with psycopg.connect(superuser_url()) as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_session_that_cannot_be_kept_was_not_ended_by_anybody(transactional_db: None) -> None:
    session = SessionStore()
    session.create()
    session["language"] = "fa"
    cut_our_connection()

    with pytest.raises(OperationalError):
        session.save()

    session.save()
    assert SessionStore(session.session_key).load() == {"language": "fa"}


def test_a_request_that_loses_its_database_is_told_when_to_come_again(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    visitor = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {cast.vera.token}"})
    path = f"/widget/conversations/{conversation.pk}/messages"
    cut_our_connection()

    lost = visitor.get(path)

    assert (lost.status_code, lost.headers["Retry-After"]) == (503, "2")
    assert visitor.get(path).status_code == 200
