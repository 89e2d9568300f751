"""/reports/conversations/: what lies behind a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics.definitions import DEFINITIONS, Unit
from analytics.metrics import Hours, Metric
from analytics.pages.frame import render_report
from analytics.parameters import Parameters
from analytics.queries.drill_down import PAGE, Behind, Page, Selection, conversations_behind
from analytics.queries.series import slots
from analytics.wording import NOTHING, Wording
from conversations.models import Conversation
from operators.pages.access import OperatorRequest, operator_page
from tenants.errors import BadRequest, NotFound
from tenants.models.tenant import Tenant
from tenants.permissions import Permission

LAST_PAGE: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the list, in words."""

    behind: Behind
    when: str
    value: str
    status: str


@require_safe
@operator_page(Permission.READ_REPORTS)
def conversations_page(request: OperatorRequest) -> HttpResponse:
    """List the conversations a number counts, the newest or the slowest first."""
    given = request.GET.dict()
    parameters = Parameters.read(given, tenant=request.tenant)
    selection = read_selection(given, parameters=parameters, tenant=request.tenant)
    wording = Wording.of(request.tenant)
    number = _whole(given, "page", 1, LAST_PAGE) or 1
    is_slowest = given.get("sort") == "slowest"
    page = conversations_behind(
        selection=selection, slowest_first=is_slowest, offset=(number - 1) * PAGE, limit=PAGE
    )
    narrowed = {key: given[key] for key in NARROWING if given.get(key)}
    again = parameters.query(measure=selection.metric.value, **narrowed)
    return render_report(
        request,
        "analytics/conversations.html",
        tab="reports",
        parameters=parameters,
        wording=wording,
        context={
            "definition": DEFINITIONS[selection.metric],
            "moment_words": _moment(selection, wording),
            "is_timed": DEFINITIONS[selection.metric].unit is Unit.SECONDS,
            "is_slowest": is_slowest,
            "lines": _lines(page, parameters, wording),
            "total": wording.number(page.total),
            "narrowed": {"measure": selection.metric.value, **narrowed},
            "again": again,
            "sort": "&sort=slowest" if is_slowest else "",
            "previous_page": number - 1,
            "next_page": number + 1 if page.has_next and number < LAST_PAGE else 0,
        },
    )


NARROWING: Final = ("point", "in_hours", "score", "weekday", "hour")


def read_selection(given: Mapping[str, str], *, parameters: Parameters, tenant: Tenant) -> Selection:
    """Read ``measure`` and what narrows it: point, in_hours, score, weekday, hour.

    Raises NotFound for an unknown measure or point, BadRequest for a part that is out of range.
    """
    try:
        metric = Metric(given.get("measure", Metric.NEW))
    except ValueError as error:
        raise NotFound() from error
    period, since, until = parameters.period, None, None
    if wanted := given.get("point"):
        points = slots(period=period, week_start=tenant.week_start)
        starts = [point.start for point in points] + [period.until]
        names = [point.day.isoformat() for point in points]
        moments = [point.start.isoformat() for point in points]
        if wanted not in names and wanted not in moments:
            raise NotFound()
        index = moments.index(wanted) if wanted in moments else names.index(wanted)
        since, until = starts[index], starts[index + 1]
    return Selection(
        metric=metric,
        period=period,
        filters=parameters.filters,
        since=since,
        until=until,
        in_hours={"true": True, "false": False}.get(given.get("in_hours", "")),
        score=_whole(given, "score", 1, 5),
        weekday=_whole(given, "weekday", 1, 7),
        hour=_whole(given, "hour", 0, 23),
    )


def _whole(given: Mapping[str, str], name: str, lowest: int, highest: int) -> int | None:
    value = given.get(name)
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
        raise BadRequest(errors={name: [f"a whole number from {lowest} to {highest}"]})
    return int(value)


def _moment(selection: Selection, wording: Wording) -> str:
    """Say which part of the period it is, or nothing when it is all of it."""
    parts = []
    if selection.since is not None:
        parts.append(wording.moment(selection.since))
    if selection.weekday is not None:
        parts.append(wording.weekdays()[selection.weekday - 1])
    if selection.hour is not None:
        parts.append(
            _("from %(start)s to %(end)s")
            % {
                "start": f"{wording.number(selection.hour)}:00",
                "end": f"{wording.number(selection.hour + 1)}:00",
            }
        )
    if selection.score is not None:
        parts.append(_("rated %(score)s of 5") % {"score": wording.number(selection.score)})
    return ", ".join(parts)


def _lines(page: Page, parameters: Parameters, wording: Wording) -> list[Line]:
    return [
        Line(
            behind=behind,
            when=wording.moment(behind.at),
            value=_value(behind, parameters.hours, wording),
            status=str(Conversation.Status(behind.status).label) if behind.status else NOTHING,
        )
        for behind in page.rows
    ]


def _value(behind: Behind, hours: Hours, wording: Wording) -> str:
    if behind.score is not None:
        return _("%(score)s of 5") % {"score": wording.number(behind.score)}
    seconds: Any = behind.business_seconds if hours is Hours.BUSINESS else behind.seconds
    return wording.duration(seconds) if seconds is not None else ""
