"""Settings of what happens after a chat: mails about missed answers, and asking for a rating."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm, SwitchInput
from tenants.actions.change_settings import change_settings
from tenants.permissions import Permission


class FollowUpForm(PageForm):
    follow_up_enabled = forms.BooleanField(
        label=gettext_lazy("Mail missed answers"),
        required=False,
        widget=SwitchInput,
        help_text=gettext_lazy(
            "An answer the visitor has not seen goes to their e-mail address, with a link to go on."
        ),
    )
    follow_up_minutes = forms.IntegerField(
        label=gettext_lazy("Wait this long first (minutes)"), min_value=1, max_value=1440
    )
    csat_enabled = forms.BooleanField(
        label=gettext_lazy("Ask for a rating"),
        required=False,
        widget=SwitchInput,
        help_text=gettext_lazy(
            "Five faces and a comment, when a conversation is resolved: in the chat or by e-mail."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_SETTINGS)
def follow_up(request: OperatorRequest) -> HttpResponse:
    """Show and save the follow-up and rating settings."""
    form = FollowUpForm(
        request.POST or None,
        initial={name: getattr(request.tenant, name) for name in FollowUpForm.base_fields},
    )
    if request.method == "POST" and form.is_valid():
        change_settings(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("settings_follow_up")
    status = 422 if form.is_bound else 200
    return render(request, "operators/settings/follow_up.html", {"form": form}, status=status)
