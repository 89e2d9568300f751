"""/reports/ and /reports/operators/: the figures of a period."""

from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from analytics.definitions import DEFINITIONS
from analytics.metrics import Metric
from analytics.models import ConversationFact
from analytics.pages.charts import charts
from analytics.pages.frame import render_report
from analytics.pages.tables import hours_rows, tables
from analytics.parameters import Parameters
from analytics.queries import overview
from analytics.tiles import tiles
from analytics.wording import Wording
from operators.pages.access import OperatorRequest, operator_page
from tenants.permissions import Permission

EXPLAINED: Final = (
    Metric.TAKEN,
    Metric.RESOLVED,
    Metric.REOPENED,
    Metric.OPEN,
    Metric.FIRST_RESPONSE,
    Metric.REPLY_TIME,
    Metric.FIRST_RESOLUTION,
    Metric.RATED,
)


@require_safe
@operator_page(Permission.READ_REPORTS)
def overview_page(request: OperatorRequest) -> HttpResponse:
    """Show the overview of the period, inbox, operator and team in the query string."""
    return _report(request, "analytics/overview.html", "reports")


@require_safe
@operator_page(Permission.READ_REPORTS)
def operators_page(request: OperatorRequest) -> HttpResponse:
    """Show who did how much, how fast and how well."""
    return _report(request, "analytics/operators.html", "report_operators")


def _report(request: OperatorRequest, template: str, tab: str) -> HttpResponse:
    parameters = Parameters.read(request.GET.dict(), tenant=request.tenant)
    wording = Wording.of(request.tenant)
    report = overview(
        period=parameters.period,
        comparison=parameters.comparison,
        filters=parameters.filters,
        hours=parameters.hours,
    )
    made = charts(report=report, parameters=parameters, wording=wording, week_start=request.tenant.week_start)
    return render_report(
        request,
        template,
        tab=tab,
        parameters=parameters,
        wording=wording,
        context={
            "report": report,
            "tiles": tiles(report=report, parameters=parameters, wording=wording),
            "charts": made,
            "tables": tables(report=report, parameters=parameters, wording=wording),
            "hours_rows": hours_rows(report=report, parameters=parameters, wording=wording),
            "definitions": [DEFINITIONS[metric] for metric in EXPLAINED],
            "has_any": ConversationFact.objects.exists(),
            "fresh": wording.clock(report.data_until) if report.data_until else "",
        },
    )
