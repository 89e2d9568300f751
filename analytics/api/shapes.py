"""What this API answers beyond the shapes of the queries."""

from typing import Literal, TypedDict

from analytics.periods import Period
from analytics.queries.shapes import Row
from tenants.api.shape_schema import shown_as


class PeriodShape(TypedDict("Days", {"from": str, "to": str})):
    """Local days of the business, both within."""

    preset: Literal["today", "7d", "30d", "90d", "custom"]
    time_zone: str


shown_as(Period, PeriodShape)


class OperatorsReportShape(TypedDict):
    """A row for everyone at work, and for those who left but have figures; the busiest first."""

    period: Period
    results: list[Row]
