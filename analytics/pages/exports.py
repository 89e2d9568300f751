"""/reports/export/<table>.csv: every table as a file, each export noted in the audit trail."""

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from analytics import exports
from analytics.pages.conversations import read_selection
from analytics.parameters import Parameters
from analytics.queries import overview
from analytics.queries.drill_down import Batch, Mark, Selection, batch_behind, count_behind
from analytics.queries.shapes import Overview
from operators.pages.access import OperatorRequest, operator_page
from tenants import audit
from tenants.errors import NotFound
from tenants.http import in_tenant_thread, request_address
from tenants.permissions import Permission, require
from tenants.scoping import TenantId

# Rows that are read at a time: the longest file takes no more memory, and no transaction, than this.
BATCH: Final = 1000
CSV: Final = "text/csv; charset=utf-8"

TABLES: Final[dict[str, Callable[[Overview], str]]] = {
    "series": exports.series_csv,
    "heat": exports.heat_csv,
    "operators": lambda report: exports.table_csv(report.operators),
    "inboxes": lambda report: exports.table_csv(report.inboxes),
}


@require_GET
@never_cache
@operator_page(Permission.EXPORT_DATA)
def export(request: OperatorRequest, table: str) -> HttpResponseBase:
    """Answer with a CSV file of ``series``, ``heat``, ``operators``, ``inboxes`` or ``conversations``."""
    require(request.actor, Permission.READ_REPORTS)
    given = request.GET.dict()
    parameters = Parameters.read(given, tenant=request.tenant)
    if table == "conversations":
        selection = read_selection(given, parameters=parameters, tenant=request.tenant)
        rows = count_behind(selection=selection)
        response: HttpResponseBase = StreamingHttpResponse(
            _file(request.actor.tenant_id, selection), content_type=CSV
        )
    elif table in TABLES:
        text = TABLES[table](
            overview(
                period=parameters.period,
                comparison=parameters.comparison,
                filters=parameters.filters,
                hours=parameters.hours,
            )
        )
        rows = text.count("\r\n") - 1
        response = HttpResponse(text, content_type=CSV)
    else:
        raise NotFound()
    audit.record(
        actor=request.actor,
        action="report.exported",
        target=f"report:{table}",
        changes={"query": [None, request.GET.urlencode()], "rows": [None, rows]},
        address=request_address(request),
    )
    period = parameters.period
    response["Content-Disposition"] = (
        f'attachment; filename="parley-{table}-{period.first.isoformat()}-{period.last.isoformat()}.csv"'
    )
    return response


async def _file(tenant_id: TenantId, selection: Selection) -> AsyncIterator[str]:
    """Yield every row behind a number; whoever reads slowly holds no connection."""
    yield exports.BEHIND_HEAD
    end: Mark | None = None
    while True:
        step: Callable[[], Batch] = partial(batch_behind, selection=selection, after=end, limit=BATCH)
        batch = await in_tenant_thread(tenant_id=tenant_id, work=step)
        yield exports.behind_lines(batch.rows)
        end = batch.end
        if end is None:
            return
