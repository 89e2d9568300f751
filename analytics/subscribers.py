"""Everything in analytics that reacts to what happens elsewhere."""

from analytics.mails.reader import ReportPlanner
from analytics.projections.reader import FiguresReader
from tenants.events.reader import register

register(FiguresReader())
register(ReportPlanner())
