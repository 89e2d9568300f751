"""Every row belongs to a tenant, and the database itself keeps tenants apart."""

import pytest
from django.apps import apps
from django.db import connection, models

from tenants.scoping import TenantModel
from tests.architecture.sources import APPS

# Rows that belong to no tenant, each with the reason. A new model is a TenantModel.
OWNED_BY_NO_TENANT = {
    "tenants.Tenant": "is the tenant",
    "tenants.Timer": "is swept across tenants, and holds ids and times only",
    "operators.User": "a person may work for several tenants",
}

# Django's and allauth's own tables: log-ins and sessions of people.
THIRD_PARTIES = {"account", "auth", "contenttypes", "mfa", "sessions", "usersessions"}


def our_models() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]


def tenant_models() -> list[type[models.Model]]:
    return [model for model in our_models() if issubclass(model, TenantModel)]


def test_every_model_is_owned_by_a_tenant_or_on_the_list() -> None:
    unowned = {model._meta.label for model in our_models() if not issubclass(model, TenantModel)}
    assert unowned == set(OWNED_BY_NO_TENANT)


def test_no_other_app_brings_tables() -> None:
    labels = {model._meta.app_label for model in apps.get_models()}
    assert labels - set(APPS) == THIRD_PARTIES


@pytest.mark.django_db
def test_row_level_security_is_forced_on_every_tenants_table() -> None:
    tables = {model._meta.db_table for model in tenant_models()}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname FROM pg_class c
            WHERE c.relname = ANY (%s) AND c.relrowsecurity AND c.relforcerowsecurity
              AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
            """,
            [sorted(tables)],
        )
        protected = {name for (name,) in cursor.fetchall()}
    assert tables - protected == set()


@pytest.mark.django_db
def test_no_foreign_key_between_tenants_tables_leaves_the_tenant_out() -> None:
    tables = sorted(model._meta.db_table for model in tenant_models())
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.conname FROM pg_constraint c
            JOIN pg_class source ON source.oid = c.conrelid
            JOIN pg_class target ON target.oid = c.confrelid
            WHERE c.contype = 'f' AND source.relname = ANY (%s) AND target.relname = ANY (%s)
              AND NOT EXISTS (
                  SELECT FROM pg_attribute a
                  WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) AND a.attname = 'tenant_id'
              )
            """,
            [tables, tables],
        )
        assert cursor.fetchall() == []
