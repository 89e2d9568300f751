"""Search finds what was written on any keyboard, and only what is the tenant's own."""

import pytest
from django.db import connection

from conversations.search import search
from tenants.scoping import tenant_scope
from tests.cast import Cast, begin, make_visitor

pytestmark = pytest.mark.django_db


def found(cast: Cast, query: str) -> list[str]:
    with tenant_scope(cast.acme.pk):
        return [
            hit.message["text"] if hit.message else hit.conversation["contact"]["name"]
            for hit in search(query=query)
        ]


@pytest.mark.parametrize(
    ("said", "query"),
    [
        ("Where is my ORDER 1234?", "order 1234"),
        ("سفارش ۱۲۳۴ کجاست؟", "سفارش 1234"),
        ("كتابي وصل", "کتابی"),
        ("Užsakymo būsena", "uzsakymo busena"),
        ("100% off_now", "0% off_"),
        ("می‌خواهم لغو کنم", "لغو"),
        ("Is it OK by you?", "ok by"),
        ("Is it OK with you?", "ok with"),
    ],
)
def test_words_are_found_however_they_were_typed(cast: Cast, said: str, query: str) -> None:
    begin(cast.vera, said, "Something else")
    assert found(cast, query) == [said]


def test_every_word_must_occur(cast: Cast) -> None:
    begin(cast.vera, "red shoes")
    assert found(cast, "red hat") == []
    assert found(cast, "shoes red") == ["red shoes"]


def test_wildcards_are_letters(cast: Cast) -> None:
    begin(cast.vera, "nothing special")
    assert found(cast, "%") == []
    assert found(cast, "noth_ng") == []


def test_an_empty_query_finds_nothing(cast: Cast) -> None:
    begin(cast.vera, "Hello")
    assert found(cast, "  ") == []


def test_a_contact_is_found_by_name_and_address(cast: Cast) -> None:
    begin(make_visitor(cast.acme_widget, name="Živilė", email="z@shop.example"), "Hello")
    assert found(cast, "zivile") == ["Živilė"]
    assert found(cast, "z@shop") == ["Živilė"]


def test_another_tenant_finds_nothing(cast: Cast) -> None:
    begin(cast.vera, "secret words")
    with tenant_scope(cast.globex.pk):
        assert search(query="secret") == []


def test_a_note_is_found_too(cast: Cast) -> None:
    from conversations.actions.send_message import send_message
    from tests.cast import a_draft

    conversation = begin(cast.vera, "Hello")
    with tenant_scope(cast.acme.pk):
        send_message(
            actor=cast.alice.actor, conversation_id=conversation.pk, draft=a_draft("VIP", kind="note")
        )
    assert found(cast, "vip") == ["VIP"]


def test_the_search_function_runs_past_row_level_security_on_its_index(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosecdef, proowner::regrole::text FROM pg_proc WHERE proname = 'search_messages'"
        )
        assert cursor.fetchone() == (True, "parley_search")
        cursor.execute("SELECT message_id FROM search_messages(ARRAY['x'], 10)")
        assert cursor.fetchall() == []  # no scope, no rows
