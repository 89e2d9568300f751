"""/reports/export/<table>.csv: every table as a file, each export noted in the audit trail."""

from collections.abc import Callable
from typing import Final

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from analytics import exports
from analytics.pages.conversations import read_selection
from analytics.parameters import Parameters
from analytics.queries import conversations_behind, overview
from analytics.queries.shapes import Overview
from operators.pages.access import OperatorRequest, operator_page
from tenants import audit
from tenants.errors import NotFound
from tenants.http import request_address
from tenants.permissions import Permission, require

# Rows of one file. A request is answered at once or not at all.
MOST_ROWS: Final = 20_000

TABLES: Final[dict[str, Callable[[Overview], str]]] = {
    "series": exports.series_csv,
    "heat": exports.heat_csv,
    "operators": lambda report: exports.table_csv(report.operators),
    "inboxes": lambda report: exports.table_csv(report.inboxes),
}


@require_GET
@never_cache
@operator_page(Permission.EXPORT_DATA)
def export(request: OperatorRequest, table: str) -> HttpResponse:
    """Answer with a CSV file of ``series``, ``heat``, ``operators``, ``inboxes`` or ``conversations``."""
    require(request.actor, Permission.READ_REPORTS)
    given = request.GET.dict()
    parameters = Parameters.read(given, tenant=request.tenant)
    if table == "conversations":
        selection = read_selection(given, parameters=parameters, tenant=request.tenant)
        text = exports.behind_csv(conversations_behind(selection=selection, limit=MOST_ROWS).rows)
    elif table in TABLES:
        text = TABLES[table](
            overview(
                period=parameters.period,
                comparison=parameters.comparison,
                filters=parameters.filters,
                hours=parameters.hours,
            )
        )
    else:
        raise NotFound()
    audit.record(
        actor=request.actor,
        action="report.exported",
        target=f"report:{table}",
        changes={"query": [None, request.GET.urlencode()], "rows": [None, text.count("\r\n") - 1]},
        address=request_address(request),
    )
    period = parameters.period
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="parley-{table}-{period.first.isoformat()}-{period.last.isoformat()}.csv"'
    )
    return response
