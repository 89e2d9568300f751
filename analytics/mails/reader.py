"""Plans reports as long as there is something to report: each new conversation looks after the timers."""

from collections.abc import Sequence
from typing import ClassVar

from analytics.mails.sending import plan_reports
from tenants.events import Reader, StoredEvent


class ReportPlanner(Reader):
    """Sets the timers of managers who have none. A tenant where nothing happens gets no mail."""

    name: ClassVar[str] = "report_mails"
    types: ClassVar[tuple[str, ...]] = ("conversation.created",)

    def handle(self, events: Sequence[StoredEvent]) -> None:
        """Set what is missing."""
        plan_reports()
