"""Identifiers that rows get."""

import uuid

from django.db import connection

from tenants.ids import uuid7, uuid7_array


def test_an_array_holds_as_many_different_time_ordered_ids() -> None:
    before, made, after = uuid7(), uuid7_array(200), uuid7()
    ids = [uuid.UUID(text) for text in made.strip("{}").split(",")]
    assert len(set(ids)) == 200
    assert {(one.version, one.variant) for one in ids} == {(7, uuid.RFC_4122)}
    assert all(before.int >> 80 <= one.int >> 80 <= after.int >> 80 for one in ids)
    assert {one.hex[16] for one in ids} == set("89ab")


def test_the_database_reads_the_array(db: None) -> None:
    made = uuid7_array(6)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid[]", [made])
        assert cursor.fetchone() == ([uuid.UUID(text) for text in made.strip("{}").split(",")],)
