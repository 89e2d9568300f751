"""/reports/mail/<operator>/<daily|weekly>/stop/: the link at the foot of a report mail."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from analytics.mails.schedule import Frequency
from analytics.mails.unsubscribe import stop, tenant_of
from tenants.errors import NotFound
from tenants.scoping import tenant_scope


# Mail programs post here by themselves (RFC 8058), without our cookie: the signature is the permission.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_page(request: HttpRequest, operator_id: UUID, kind: str) -> HttpResponse:
    """Ask on GET, because mail filters follow links; stop on POST."""
    frequency = {one.name.lower(): one for one in Frequency}.get(kind)
    if frequency is None:
        raise NotFound()
    tenant_id = tenant_of(operator_id=operator_id, frequency=frequency, signature=request.GET.get("s", ""))
    if request.method == "POST":
        with tenant_scope(tenant_id):
            stop(operator_id=operator_id, frequency=frequency)
    return render(
        request,
        "analytics/stop.html",
        {"is_done": request.method == "POST", "is_daily": frequency is Frequency.DAILY},
    )


stop_page.opens_own_scope = True  # type: ignore[attr-defined]
