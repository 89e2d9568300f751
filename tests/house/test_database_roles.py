"""The application's role is bound by row-level security and cannot take itself out of it."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from config.database_role import UnboundRole, refuse_unbound_role
from config.settings.test import DATABASE, PLACES
from operators.models import User
from tenants.provisioning import provision
from tests.servers import superuser_url


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


@pytest.mark.django_db
def test_a_role_that_row_level_security_binds_is_accepted() -> None:
    refuse_unbound_role()


@pytest.mark.parametrize("role", ["parley_owner", "postgres"])
@pytest.mark.django_db(transaction=True)
def test_a_role_that_row_level_security_does_not_bind_is_refused(role: str) -> None:
    app = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = role
    try:
        with pytest.raises(UnboundRole, match=f"DATABASE_URL logs in as {role}"):
            refuse_unbound_role()
    finally:
        connection.close()
        connection.settings_dict["USER"] = app


def test_a_database_of_ones_own_is_provisioned_and_again_without_harm(test_servers: None) -> None:
    admin = superuser_url("postgres")
    for _time in range(2):
        provision(admin_url=admin, database="own", owner_password="first", app_password="second")
    with psycopg.connect(superuser_url("own")) as connection_:
        rows = connection_.execute(
            "SELECT rolname, rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid "
            "WHERE rolname IN ('parley_app', 'parley_owner') ORDER BY 1"
        ).fetchall()
        assert rows == [("parley_app", True), ("parley_owner", True)]
        owner = connection_.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'own'"
        ).fetchone()
        assert owner == ("parley_owner",)
