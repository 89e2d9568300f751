"""Create the demo shop with three months of conversations; where it exists, change nothing."""

import time
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from conversations.demo.people import COLLEAGUES, PASSWORD
from conversations.demo.seed import CONVERSATIONS, SEED, seed
from conversations.demo.staff import stay_open
from tenants.events.reader import READERS, read_all
from tenants.models import Tenant, Timer
from tenants.scoping import TenantId

# The events of three months are folded in a few large bites, each of which writes the figures of a day once.
MANY: Final = 5000


class Command(BaseCommand):
    help = "Create the tenant 'Demo shop': conversations in four languages, people, reports, a live queue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--conversations", type=int, default=CONVERSATIONS)
        parser.add_argument("--seed", type=int, default=SEED, help="another number tells other stories")

    def handle(self, *args: Any, **options: Any) -> None:
        if Tenant.objects.filter(is_demo=True).exists():
            self.stdout.write("The demo shop is there already.")
            return
        begun = time.monotonic()
        shop = seed(conversations=options["conversations"], number=options["seed"])
        told = time.monotonic()
        fold(shop.tenant_id)
        stay_open(shop)
        self.stdout.write(
            f"The demo shop is there: {options['conversations']} conversations"
            f" ({told - begun:.1f} s, figures {time.monotonic() - told:.1f} s)."
            f" Log in as {COLLEAGUES[0].email} with the password {PASSWORD}."
        )


def fold(tenant_id: TenantId) -> None:
    """Let every reader fold the told events, then forget the mails they plan: the visitors are invented."""
    for reader in READERS.values():
        read_all(reader=reader, tenant_id=tenant_id, batch=MANY)
    Timer.objects.filter(tenant_id=tenant_id, kind__in=["follow_up", "csat_mail"]).delete()
