"""`manage.py provision_database`: prepare your own PostgreSQL for Parley."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from tenants.provisioning import provision


class Command(BaseCommand):
    help = (
        "Makes the database and the roles of DATABASE_URL and DATABASE_OWNER_URL, with the passwords in those "
        "addresses. Run it once, before the first migrate; running it again is harmless."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--admin-url",
            required=True,
            help="postgresql://postgres:PASSWORD@HOST/postgres: a superuser, used for this command only.",
        )

    def handle(self, *args: Any, admin_url: str, **options: Any) -> None:
        app, owner = settings.DATABASES["default"], settings.DATABASES["owner"]
        provision(
            admin_url=admin_url,
            database=app["NAME"],
            owner_password=owner["PASSWORD"] or None,
            app_password=app["PASSWORD"] or None,
        )
        self.stdout.write(f"{app['NAME']} is ready for: manage.py migrate")
