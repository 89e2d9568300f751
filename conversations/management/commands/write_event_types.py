"""Write the TypeScript types of the events, or check that they are up to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from conversations.shapes import ContactConversationShape, ConversationRowShape, MessageShape
from tenants.events.typescript import write

TARGET = Path("static") / "shared" / "events.gen.ts"


class Command(BaseCommand):
    help = "Write static/shared/events.gen.ts from the registry of events."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the file is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.BASE_DIR) / TARGET
        text = write(also=[MessageShape, ConversationRowShape, ContactConversationShape])
        if options["check"]:
            if not target.exists() or target.read_text() != text:
                raise CommandError(f"{TARGET} is stale: run manage.py write_event_types")
            return
        target.write_text(text)
        self.stdout.write(f"wrote {TARGET}")
