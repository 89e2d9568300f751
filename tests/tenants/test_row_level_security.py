"""The eighth wall: the database itself, asked as the application's own role."""

from uuid import UUID

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from conversations.models import Conversation, Message
from tenants.clock import now
from tenants.ids import uuid7
from tenants.scoping import tenant_scope
from tests import servers
from tests.cast import Cast, begin
from tests.tenants.rows import WITHOUT_POLICY, fill_every_table, tenant_tables

pytestmark = pytest.mark.django_db


def guarded() -> list[str]:
    return [table for table in tenant_tables() if table not in WITHOUT_POLICY]


def app_role() -> tuple[bool, bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolname FROM pg_roles WHERE rolname = current_user")
        found: tuple[bool, bool, str] = cursor.fetchone()
    return found


def test_the_application_is_no_superuser_and_cannot_bypass() -> None:
    assert app_role() == (False, False, "parley_app")


def test_the_application_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchall() == []


def test_every_tenant_table_forces_a_policy() -> None:
    query = """
        SELECT c.relname FROM pg_class c
        WHERE c.relname = ANY (%s) AND c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname AND p.policyname = 'tenant')
        ORDER BY 1
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [guarded()])
        assert [row[0] for row in cursor.fetchall()] == guarded()


def test_no_policy_has_an_or_or_a_sub_select() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT qual FROM pg_policies WHERE policyname = 'tenant'")
        forms = {row[0] for row in cursor.fetchall()}
    assert forms == {
        "(tenant_id = (NULLIF(current_setting('parley.tenant_id'::text, true), ''::text))::uuid)"
    }


def test_every_reference_between_tenant_tables_is_composite() -> None:
    """A plain key would let raw SQL point at another tenant's row."""
    query = """
        SELECT con.conrelid::regclass::text || '.' || con.conname FROM pg_constraint con
        WHERE con.contype = 'f' AND con.conrelid::regclass::text = ANY (%s)
            AND con.confrelid::regclass::text = ANY (%s) AND cardinality(con.conkey) = 1
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [guarded(), guarded()])
        assert cursor.fetchall() == []


def test_without_a_scope_there_are_no_rows(cast: Cast) -> None:
    begin(cast.vera, "Hello")
    for table in guarded():
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)).as_string())
            assert cursor.fetchone() == (0,), table


def test_raw_sql_in_one_tenants_scope_sees_and_touches_nothing_of_another(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(cast.globex.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM conversations_message")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE conversations_conversation SET subject = 'x' WHERE id = %s", [conversation.pk])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM conversations_conversation WHERE id = %s", [conversation.pk])
        assert cursor.rowcount == 0
    with tenant_scope(cast.acme.pk):
        assert Conversation.objects.get(pk=conversation.pk).subject == ""


def test_raw_sql_cannot_write_a_row_of_another_tenant(cast: Cast) -> None:
    columns = "(id, tenant_id, name, colour, created_at)"
    insert = f"INSERT INTO conversations_tag {columns} VALUES (%s, %s, 'x', '#000000', now())"  # noqa: S608
    with (
        pytest.raises(Exception, match="row-level security"),
        tenant_scope(cast.globex.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, [uuid7(), cast.acme.pk])


def test_raw_sql_cannot_point_at_another_tenants_row(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    with pytest.raises(Exception, match="violates foreign key constraint"):
        point_at(conversation.pk, tenant_id=cast.globex.pk)


def point_at(conversation_id: UUID, *, tenant_id: UUID) -> None:
    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        Message.objects.bulk_create(
            [
                Message(
                    tenant_id=tenant_id,
                    conversation_id=conversation_id,
                    author_kind="system",
                    client_id=uuid7(),
                    operators_position=1,
                    created_at=now(),
                )
            ]
        )


def test_the_log_and_the_audit_trail_cannot_be_changed(cast: Cast) -> None:
    begin(cast.vera, "Hello")
    for statement in ("UPDATE tenants_eventrecord SET type = 'x'", "DELETE FROM tenants_auditentry"):
        with (
            pytest.raises(Exception, match="permission denied"),
            tenant_scope(cast.acme.pk),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_tenant_is_an_index_condition_of_the_inbox_list(cast: Cast) -> None:
    with tenant_scope(cast.acme.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM conversations_conversation WHERE tenant_id = %s"
            " ORDER BY last_activity_at DESC, id DESC LIMIT 50",
            [cast.acme.pk],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond" in plan.replace("Index Cond: (tenant_id", "Index Cond")
    assert "Seq Scan" not in plan


def unprotected(cursor: psycopg.Cursor[tuple[object, ...]]) -> list[str]:
    """Return the guarded tables in which a row of globex can be seen, changed or removed in acme's scope."""
    leaks = []
    for table in guarded():
        name = sql.Identifier(table)
        count = cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(name)).fetchone()
        assert count is not None
        if count != (1,):  # acme's own row, and no other
            leaks.append(table)
    return leaks


def test_a_row_in_every_table_is_seen_by_its_own_tenant_only_and_a_dropped_policy_shows() -> None:
    """The walk over the whole schema, and its own mutation test: each policy is dropped in turn."""
    acme, globex = uuid7(), uuid7()
    with psycopg.connect(servers.superuser_url()) as owner:
        cursor = owner.cursor()
        fill_every_table(cursor, acme, globex)

        as_application(cursor, acme)
        assert unprotected(cursor) == []
        as_application(cursor, globex)
        assert unprotected(cursor) == []

        for table in guarded():
            cursor.execute("RESET ROLE")
            cursor.execute("SAVEPOINT before")
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(sql.Identifier(table)))
            as_application(cursor, acme)
            assert unprotected(cursor) == [table]
            cursor.execute("ROLLBACK TO SAVEPOINT before")
        owner.rollback()


def as_application(cursor: psycopg.Cursor[tuple[object, ...]], tenant_id: object) -> None:
    cursor.execute("SET LOCAL ROLE parley_app")
    cursor.execute("SELECT set_config('parley.tenant_id', %s, true)", [str(tenant_id)])
