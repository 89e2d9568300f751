"""Fit a restored event log to the PostgreSQL it was restored into."""

from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandParser

# A dump carries the numbers of the transactions that wrote the log; the new server counts its own from the start. Its
# readers would wait for numbers long past, and pass over what is written now. Shifted as a whole, order is kept.
SHIFT = """
    WITH shift AS (
        SELECT greatest(0, coalesce(max(xid), 0) - pg_snapshot_xmin(pg_current_snapshot())::text::bigint + 1) AS by
        FROM tenants_eventrecord
    ), events AS (
        UPDATE tenants_eventrecord SET xid = xid - shift.by FROM shift WHERE shift.by > 0
    ), cursors AS (
        UPDATE tenants_readercursor SET xid = xid - shift.by FROM shift WHERE shift.by > 0
    )
    SELECT by FROM shift
"""


class Command(BaseCommand):
    help = "Run once after pg_restore into another PostgreSQL server, before Parley starts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--admin-url",
            required=True,
            help="postgresql://postgres:PASSWORD@HOST/parley: a superuser, since row-level security hides rows.",
        )

    def handle(self, *args: Any, admin_url: str, **options: Any) -> None:
        with psycopg.connect(admin_url) as connection:
            row = connection.execute(SHIFT).fetchone()
        shifted = row[0] if row else 0
        self.stdout.write(
            f"The event log was shifted by {shifted} transactions." if shifted else "The event log fits."
        )
