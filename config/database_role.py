"""Makes sure that the application's database role is one that row-level security binds."""

from django.db import connection

QUESTION = """
    SELECT current_user, rolsuper, rolbypassrls,
           EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relnamespace = 'public'::regnamespace)
    FROM pg_roles WHERE rolname = current_user
"""


class UnboundRole(RuntimeError):
    """The wall between tenants that the database keeps does not stand."""


def refuse_unbound_role() -> None:
    """Raise UnboundRole when DATABASE_URL logs in as a superuser, as one that bypasses, or as the tables' owner."""
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        name, is_superuser, bypasses, owns_tables = cursor.fetchone()
    if is_superuser or bypasses or owns_tables:
        raise UnboundRole(
            f"DATABASE_URL logs in as {name}, whom row-level security does not bind. Run "
            "`manage.py provision_database` (README, Install) and log in as parley_app; "
            "the owner of the tables belongs into DATABASE_OWNER_URL."
        )
