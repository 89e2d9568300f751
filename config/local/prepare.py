"""Bring the database up to date and fill in the demo: one process, because starting Django takes longer than both."""

import django
from django.core.management import call_command

from config import env
from config.database_role import UnboundRole, refuse_unbound_role
from config.local.terminal import has_command, step


def main() -> None:
    """Run migrate and, when it is there, seed_demo; both do nothing when nothing is to be done."""
    with step("Database tables"):
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        try:
            refuse_unbound_role()
        except UnboundRole as problem:
            raise SystemExit(f"\n{problem}") from None
    if env.DEMO and has_command("seed_demo"):
        with step("Demo data"):
            call_command("seed_demo", verbosity=0)


if __name__ == "__main__":
    main()
