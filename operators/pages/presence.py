"""The menu under one's picture: availability, and the business one works for."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from operators.actions.set_availability import set_availability
from operators.authentication import operators_of, work_for
from operators.models import Availability
from operators.pages.access import OperatorRequest, PersonRequest, operator_page, person_page
from tenants.errors import BadRequest, NotFound


@require_POST
@operator_page()
def availability(request: OperatorRequest) -> HttpResponse:
    """Set one's own availability and go back to the page one came from."""
    wanted = request.POST.get("availability", "")
    if wanted not in Availability.values:
        raise BadRequest
    set_availability(actor=request.actor, operator_id=request.operator.pk, availability=Availability(wanted))
    return redirect(_came_from(request))


@require_POST
@person_page
def switch_tenant(request: PersonRequest) -> HttpResponse:
    """Work for another of one's businesses. One that is not one's own does not exist."""
    try:
        wanted = UUID(request.POST.get("tenant", ""))
    except ValueError as error:
        raise NotFound from error
    if not any(operator.tenant_id == wanted for operator in operators_of(user_id=request.user.pk)):
        raise NotFound
    work_for(request, wanted)
    return redirect("/inbox/")


def _came_from(request: OperatorRequest) -> str:
    referrer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(
        referrer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return referrer
    return "/inbox/"
