"""manage.py rebuild_projections: count every figure again from the log of events."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics.projections.rebuild import rebuild
from tenants.models.tenant import Tenant


class Command(BaseCommand):
    help = "Forget the figures of the reports and count them again from the event log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the tenant, by id; without it, all of them."""
        parser.add_argument("--tenant", help="id of one tenant; all of them without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild one tenant after the other, with a line of progress for each."""
        chosen = Tenant.objects.order_by("created_at")
        if options["tenant"]:
            chosen = chosen.filter(pk=options["tenant"])
            if not chosen.exists():
                raise CommandError(f"There is no tenant {options['tenant']}.")
        for tenant in chosen:
            self.stdout.write(f"{tenant.name} ({tenant.pk})")
            done = rebuild(tenant_id=tenant.tenant_id, progress=self._progress)
            self.stdout.write(self.style.SUCCESS(f"  {done} events counted"))

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total} ({100 * done // max(total, 1)} %)")
        self.stdout.flush()
