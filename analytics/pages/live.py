"""/reports/live/: the wall, and the data it asks for every few seconds."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from analytics.pages.frame import render_report
from analytics.parameters import Parameters
from analytics.queries import live
from analytics.queries.shapes import Live
from analytics.wording import Wording
from operators.models import Availability
from operators.pages.access import OperatorRequest, operator_page
from tenants.permissions import Permission


@require_safe
@operator_page(Permission.READ_REPORTS)
def live_page(request: OperatorRequest) -> HttpResponse:
    """Show what is going on now; the page asks ``live_data`` for news by itself."""
    parameters = Parameters.read(request.GET.dict(), tenant=request.tenant)
    wording = Wording.of(request.tenant)
    wall = live(filters=parameters.filters)
    return render_report(
        request,
        "analytics/live.html",
        tab="report_live",
        parameters=parameters,
        wording=wording,
        context={
            "wall": worded(wall, wording),
            "data_url": f"{reverse('report_live_data')}?{parameters.query()}",
        },
    )


@require_safe
@never_cache
@operator_page(Permission.READ_REPORTS)
def live_data(request: OperatorRequest) -> JsonResponse:
    """Answer with the wall as texts by place, as static/analytics/live.ts puts them in."""
    parameters = Parameters.read(request.GET.dict(), tenant=request.tenant)
    return JsonResponse(worded(live(filters=parameters.filters), Wording.of(request.tenant)))


def worded(wall: Live, wording: Wording) -> dict[str, Any]:
    """Return the wall in the reader's words: {texts: {place: text}, alert: bool, operators: [...]}."""
    number, percent = wording.number, wording.percent
    today = wall.satisfaction_today
    return {
        "alert": wall.waiting > 0,
        "texts": {
            "at": wording.clock(wall.at),
            "waiting": number(wall.waiting),
            "longest_wait": wording.duration(wall.longest_wait),
            "active": number(wall.active),
            "active_waiting": _("%(n)s wait for a reply") % {"n": number(wall.active_waiting)},
            "unassigned": number(wall.unassigned),
            "pending": number(wall.pending),
            "snoozed": number(wall.snoozed),
            "online": number(wall.online),
            "availability": _("%(away)s away, %(offline)s offline")
            % {"away": number(wall.away), "offline": number(wall.offline)},
            "load": _("load %(share)s") % {"share": percent(wall.load)},
            "new_today": number(wall.new_today),
            "resolved_today": number(wall.resolved_today),
            "first_response_today": wording.duration(wall.first_response_today.median),
            "first_response_n": _("n = %(n)s") % {"n": number(wall.first_response_today.n)},
            "satisfaction_today": percent(today.percent),
            "satisfaction_n": _("n = %(n)s") % {"n": number(today.answers)},
        },
        "operators": [
            {
                "id": str(person.id),
                "name": person.name,
                "availability": person.availability,
                "availability_label": str(Availability(person.availability).label),
                "active": _("%(active)s of %(limit)s")
                % {"active": number(person.active), "limit": number(person.limit)},
                "share": min(100, round(100 * person.active / person.limit)) if person.limit else 0,
                "waiting": number(person.waiting),
                "is_waited_for": person.waiting > 0,
            }
            for person in wall.operators
        ],
    }
