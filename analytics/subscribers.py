"""What analytics does when something happens elsewhere."""

from analytics.projections.reader import FiguresReader
from tenants.events.reader import register

register(FiguresReader())
