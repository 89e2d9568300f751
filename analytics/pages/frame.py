"""What every page of the reports shows around its figures: filters, tabs, how fresh the figures are."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.metrics import Hours
from analytics.parameters import Parameters
from analytics.periods import Comparison, Preset
from analytics.wording import Wording
from conversations.models import Inbox
from operators.models import Operator, Team
from operators.pages.access import OperatorRequest
from tenants.permissions import Permission, Role

PRESETS = (
    (Preset.TODAY, _("Today")),
    (Preset.WEEK, _("7 days")),
    (Preset.MONTH, _("30 days")),
    (Preset.QUARTER, _("90 days")),
)
TABS = (
    ("reports", _("Overview")),
    ("report_operators", _("Operators")),
    ("report_live", _("Live")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    label: str | Promise
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str | Promise
    is_chosen: bool


def render_report(
    request: OperatorRequest,
    template: str,
    *,
    tab: str,
    parameters: Parameters,
    wording: Wording,
    context: dict[str, Any],
) -> HttpResponse:
    """Render a page of the reports with its filters and tabs."""
    period = parameters.period
    frame = {
        "tabs": [
            Tab(label=label, href=f"{reverse(name)}?{parameters.query()}", is_current=name == tab)
            for name, label in TABS
        ],
        "presets": [
            Option(value=preset.value, label=label, is_chosen=preset is period.preset)
            for preset, label in PRESETS
        ],
        "parameters": parameters,
        "period": period,
        "period_words": wording.days(period.first, period.last),
        "time_zone": wording.time_zone,
        "calendar": wording.calendar,
        "is_custom": period.preset is Preset.CUSTOM,
        "is_compared": parameters.comparison is Comparison.PREVIOUS,
        "has_comparison": tab == "reports" and "definition" not in context,
        "in_business_hours": parameters.hours is Hours.BUSINESS,
        "filters": _filters(parameters),
        "may_export": request.actor.may(Permission.EXPORT_DATA),
        "query": parameters.query(),
    }
    return render(request, template, frame | context)


def _filters(parameters: Parameters) -> list[tuple[str, Promise, Promise, list[Option]]]:
    """Return the drop-down lists: parameter, label, the words for all, and the choices."""
    chosen = parameters.filters
    inboxes = [(inbox.pk, inbox.name) for inbox in Inbox.objects.order_by("name")]
    operators = [
        (operator.pk, operator.display_name)
        for operator in Operator.objects.exclude(role=Role.VIEWER).order_by("display_name")
    ]
    teams = [(team.pk, team.name) for team in Team.objects.order_by("name")]
    lists = (
        ("inbox", _("Inbox"), _("All inboxes"), inboxes, chosen.inbox_id),
        ("operator", _("Operator"), _("All operators"), operators, chosen.operator_id),
        ("team", _("Team"), _("All teams"), teams, chosen.team_id),
    )
    return [
        (name, label, every, [Option(value=str(key), label=text, is_chosen=key == one) for key, text in rows])
        for name, label, every, rows, one in lists
        if rows
    ]
