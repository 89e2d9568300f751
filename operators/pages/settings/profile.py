"""Settings: oneself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from operators.actions.update_profile import update_profile
from operators.models import NOTIFICATIONS
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm, SwitchInput, TimeZoneField, clean_name, language_field
from tenants.permissions import Permission


class ProfileForm(PageForm):
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    display_name = forms.CharField(
        label=gettext_lazy("Name that visitors see"),
        max_length=100,
        help_text=gettext_lazy("At this business only. Often a first name is enough."),
    )
    language = language_field(label=gettext_lazy("Language"))
    time_zone = TimeZoneField(label=gettext_lazy("Time zone"))
    desktop = forms.BooleanField(
        label=gettext_lazy("Notify me on the desktop of new messages"), required=False, widget=SwitchInput
    )
    sound = forms.BooleanField(
        label=gettext_lazy("Play a sound for new messages"), required=False, widget=SwitchInput
    )
    mentions = forms.BooleanField(
        label=gettext_lazy("Mail me what I was told in the inbox and have not read"),
        required=False,
        widget=SwitchInput,
    )
    daily_report = forms.BooleanField(
        label=gettext_lazy("Mail me the report every day"), required=False, widget=SwitchInput
    )
    weekly_report = forms.BooleanField(
        label=gettext_lazy("Mail me the report every week"), required=False, widget=SwitchInput
    )

    def __init__(self, *args: Any, has_reports: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_reports:
            del self.fields["daily_report"], self.fields["weekly_report"]

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_display_name(self) -> str:
        return clean_name(self.cleaned_data["display_name"])


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page()
def profile(request: OperatorRequest) -> HttpResponse:
    """Show and save one's own settings."""
    operator, user = request.operator, request.user
    initial = {
        "name": user.name,
        "display_name": operator.display_name,
        "language": user.language or translation.get_language(),
        "time_zone": user.time_zone or request.tenant.time_zone,
        **{notice: operator.wants(notice) for notice in NOTIFICATIONS},
    }
    has_reports = request.actor.may(Permission.READ_REPORTS)
    form = ProfileForm(request.POST or None, initial=initial, has_reports=has_reports)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        update_profile(
            actor=request.actor,
            name=data["name"],
            display_name=data["display_name"],
            language=data["language"],
            time_zone=data["time_zone"],
            notifications={notice: data.get(notice, operator.wants(notice)) for notice in NOTIFICATIONS},
        )
        with translation.override(data["language"]):
            messages.success(request, _("Saved."))
        return redirect("settings_profile")
    status = 422 if form.is_bound else 200
    return render(request, "operators/settings/profile.html", {"form": form}, status=status)
