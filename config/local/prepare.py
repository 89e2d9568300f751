"""Bring the database up to date and fill in the demo: one process, because starting Django takes longer than both."""

import django
from django.core.management import call_command

from config import env
from config.local.terminal import has_command, step


def main() -> None:
    """Run migrate and, when it is there, seed_demo; both do nothing when nothing is to be done."""
    with step("Database tables"):
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
    if env.DEMO and has_command("seed_demo"):
        with step("Demo data"):
            call_command("seed_demo", verbosity=0)


if __name__ == "__main__":
    main()
