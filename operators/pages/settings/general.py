"""Settings of the business: name, language, time zone, calendar, business hours."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm, TimeZoneField, clean_name, language_field
from operators.pages.hours import DAY_NAMES, HoursEditor
from tenants.actions.change_settings import change_settings
from tenants.models import Tenant
from tenants.permissions import Permission


def week_days() -> list[tuple[int, Any]]:
    """Return ISO weekday numbers with their names."""
    return list(enumerate(DAY_NAMES.values(), start=1))


class GeneralForm(PageForm):
    name = forms.CharField(label=gettext_lazy("Name of the business"), max_length=100)
    language = language_field(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Of mails to visitors and of pages when nothing better is known."),
    )
    time_zone = TimeZoneField(
        label=gettext_lazy("Time zone"), help_text=gettext_lazy("Business hours and reports go by it.")
    )
    calendar = forms.ChoiceField(label=gettext_lazy("Calendar"), choices=Tenant.Calendar.choices)
    week_start = forms.TypedChoiceField(
        label=gettext_lazy("The week begins on"), choices=week_days, coerce=int
    )

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_SETTINGS)
def general(request: OperatorRequest) -> HttpResponse:
    """Show the settings; save them when both form and hours are right."""
    tenant = request.tenant
    if request.method == "POST":
        form = GeneralForm(request.POST)
        editor = HoursEditor.sent(request.POST, week_start=tenant.week_start)
        is_valid = editor.is_valid()
        if form.is_valid() and is_valid:
            change_settings(actor=request.actor, **form.cleaned_data, business_hours=editor.as_json())
            messages.success(request, _("Saved."))
            return redirect("settings_general")
        status = 422
    else:
        form = GeneralForm(initial={name: getattr(tenant, name) for name in GeneralForm.base_fields})
        editor = HoursEditor.of(tenant.business_hours, week_start=tenant.week_start)
        status = 200
    return render(request, "operators/settings/general.html", {"form": form, "editor": editor}, status=status)
