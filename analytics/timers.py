"""What is due: the reports by mail."""

from uuid import UUID

from analytics.mails.schedule import Frequency
from analytics.mails.sending import send_report
from tenants.timers import timer


@timer(Frequency.DAILY.timer)
def daily_report(operator_id: UUID) -> None:
    """Send yesterday's report to an operator."""
    send_report(frequency=Frequency.DAILY, operator_id=operator_id)


@timer(Frequency.WEEKLY.timer)
def weekly_report(operator_id: UUID) -> None:
    """Send last week's report to an operator."""
    send_report(frequency=Frequency.WEEKLY, operator_id=operator_id)
