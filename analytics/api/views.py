"""The reports: what the pages show, as JSON. Durations are seconds, shares per cent, null: nothing to tell."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from analytics.api.shapes import OperatorsReportShape
from analytics.metrics import Hours
from analytics.parameters import Parameters
from analytics.periods import Comparison, Preset
from analytics.queries import live, overview
from analytics.queries.overview import operators_table
from analytics.queries.shapes import Live, Overview, as_json
from tenants.api.fields import Day, Id, Query
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.models import Tenant
from tenants.permissions import Permission
from tenants.scoping import current_tenant_id


class ReportQuery(Query):
    period = serializers.ChoiceField(
        choices=[preset.value for preset in Preset],
        required=False,
        help_text="`custom` takes `from` and `to`; without a period, the last 30 days.",
    )
    to = Day(required=False, help_text="The last day.")
    hours = serializers.ChoiceField(
        choices=[hours.value for hours in Hours],
        required=False,
        help_text="`business`: durations count open hours only.",
    )
    inbox = Id(required=False)
    operator = Id(required=False)
    team = Id(required=False)

    def get_fields(self) -> dict[str, Any]:
        # ``from`` is a word of Python's own.
        return {**super().get_fields(), "from": Day(required=False, help_text="The first day.")}


class OverviewQuery(ReportQuery):
    compare = serializers.ChoiceField(
        choices=[comparison.value for comparison in Comparison],
        required=False,
        help_text="`none` leaves the period before out.",
    )


class LiveQuery(Query):
    inbox = Id(required=False)
    operator = Id(required=False)
    team = Id(required=False)


def _read(query: dict[str, Any]) -> Parameters:
    """Return what was asked for. Raises BadRequest, NotFound."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    return Parameters.read({name: str(value) for name, value in query.items()}, tenant=tenant)


class OverviewReport(TenantAPIView):
    chapter = "Reports"

    @operation(
        "get_overview_report",
        "Get the overview",
        permission=Permission.READ_REPORTS,
        query=OverviewQuery,
        gives=Overview,
        refuses=(404,),
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """Volumes, durations, satisfaction, their course over the period, and tables by operator and inbox.

        Durations are in seconds, shares in per cent; `n` is the sample. `data_until` tells up to when all is counted.
        """
        asked = _read(query)
        report = overview(
            period=asked.period, comparison=asked.comparison, filters=asked.filters, hours=asked.hours
        )
        return as_json(report)


class OperatorsReport(TenantAPIView):
    chapter = "Reports"

    @operation(
        "get_operators_report",
        "Get the figures of each operator",
        permission=Permission.READ_REPORTS,
        query=ReportQuery,
        gives=OperatorsReportShape,
        refuses=(404,),
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        asked = _read(query)
        rows = operators_table(period=asked.period, filters=asked.filters, hours=asked.hours)
        return {"period": as_json(asked.period), "results": as_json(rows)}


class LiveReport(TenantAPIView):
    chapter = "Reports"

    @operation(
        "get_live_report",
        "Get what is going on now",
        permission=Permission.READ_REPORTS,
        query=LiveQuery,
        gives=Live,
        refuses=(404,),
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """Who waits, who answers, and today's figures."""
        return as_json(live(filters=_read(query).filters))
