"""The application's role is bound by row-level security and cannot take itself out of it."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from config.settings.test import DATABASE, PLACES
from operators.models import User


@pytest.mark.django_db
def test_tests_log_in_as_a_role_that_owns_nothing_and_bypasses_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = user"
        )
        assert cursor.fetchone() == ("parley_app", False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["TRUNCATE operators_user CASCADE", "DROP TABLE operators_user", "CREATE TABLE x ()"]
)
def test_the_application_cannot_change_the_schema(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_there_for_the_rest_of_the_test() -> None:
    User.objects.create_user("alice@acme.example", "correct horse battery")
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_gone_in_the_next_test() -> None:
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_search_sees_persian_arabic_and_lithuanian_letters() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm('سفارش')), upper('žąš'), 'ŽĄŠ' ILIKE 'žąš'")
        assert cursor.fetchone() == (6, "ŽĄŠ", True)


def test_the_search_role_cannot_log_in(test_servers: None) -> None:
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        psycopg.connect(PLACES.database_url(role="parley_search", database=DATABASE))
