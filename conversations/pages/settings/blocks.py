"""Settings: who is kept out."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from conversations.actions.manage_blocks import MAX_NOTE, block_network, lift_block
from conversations.blocks import standing
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm
from tenants.clock import now
from tenants.errors import DomainError
from tenants.permissions import Permission

# For how many hours; 0 until somebody lifts it.
SPANS: Final = (
    (1, gettext_lazy("For an hour")),
    (24, gettext_lazy("For a day")),
    (168, gettext_lazy("For a week")),
    (720, gettext_lazy("For a month")),
    (0, gettext_lazy("Until it is lifted")),
)


class NetworkForm(PageForm):
    network = forms.CharField(
        label=gettext_lazy("Address or network"),
        max_length=50,
        widget=forms.TextInput({"dir": "ltr", "example": "203.0.113.0/24", "spellcheck": "false"}),
        help_text=gettext_lazy("One address, or a network like 203.0.113.0/24 or 2001:db8::/48."),
    )
    hours = forms.TypedChoiceField(label=gettext_lazy("How long"), choices=SPANS, coerce=int, initial=168)
    note = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=MAX_NOTE,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=gettext_lazy("For your colleagues."),
    )

    def fields_of_action(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        until = now() + timedelta(hours=data["hours"]) if data["hours"] else None
        return {"network": data["network"], "note": data["note"], "until": until}


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_CONTACTS)
def blocks(request: OperatorRequest) -> HttpResponse:
    """List who is kept out; keep a network out."""
    may_block_networks = request.actor.may(Permission.WRITE_INBOXES)
    form = NetworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            block_network(actor=request.actor, **form.fields_of_action())
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Nobody can write from there now."))
            return redirect("settings_blocks")
    context = {"form": form, "blocks": standing(), "may_block_networks": may_block_networks}
    status = 422 if form.is_bound else 200
    return render(request, "conversations/settings/blocks.html", context, status=status)


@require_POST
@operator_page(Permission.WRITE_CONTACTS)
def lift(request: OperatorRequest, block_id: UUID) -> HttpResponse:
    """Let somebody in again."""
    lift_block(actor=request.actor, block_id=block_id)
    messages.success(request, _("The block was lifted."))
    return redirect("settings_blocks")
