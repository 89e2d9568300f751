"""Settings: inboxes."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from conversations.actions.change_inbox import change_inbox
from conversations.actions.create_inbox import create_inbox
from conversations.models import Inbox
from conversations.pages.settings.inbox_form import InboxForm
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm, clean_name, language_field
from operators.pages.hours import HoursEditor
from tenants.errors import DomainError, NotFound
from tenants.permissions import Permission


class NewInboxForm(PageForm):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("For you and your colleagues.")
    )
    language = language_field(label=gettext_lazy("First language"))

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


def snippet(inbox: Inbox) -> str:
    """Return the one line to paste into a site."""
    return f'<script async src="{settings.PARLEY_WIDGET_ORIGIN}/widget.js?inbox={inbox.key}"></script>'


def hosted_url(inbox: Inbox) -> str:
    """Return the address of the inbox's own chat page."""
    return f"{settings.PARLEY_WIDGET_ORIGIN}/c/{inbox.key}"


def links(inbox: Inbox) -> dict[str, Any]:
    """Return what a page shows of how to reach an inbox."""
    return {"inbox": inbox, "snippet": snippet(inbox), "hosted_url": hosted_url(inbox)}


@require_safe
@operator_page(Permission.WRITE_INBOXES)
def list_inboxes(request: OperatorRequest) -> HttpResponse:
    """Show all inboxes."""
    inboxes = Inbox.objects.select_related("team").order_by("created_at", "pk")
    return render(
        request, "conversations/settings/inboxes.html", {"rows": [links(inbox) for inbox in inboxes]}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_INBOXES)
def new_inbox(request: OperatorRequest) -> HttpResponse:
    """Make a widget inbox and go on to its settings."""
    form = NewInboxForm(request.POST or None, initial={"language": request.tenant.language})
    if request.method == "POST" and form.is_valid():
        inbox = create_inbox(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("The inbox was made. Set it up, then paste its line into your site."))
        return redirect("settings_inbox", inbox_id=inbox.pk)
    status = 422 if form.is_bound else 200
    return render(request, "conversations/settings/new_inbox.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_INBOXES)
def edit_inbox(request: OperatorRequest, inbox_id: UUID) -> HttpResponse:
    """Show an inbox; save it when both form and hours are right."""
    inbox = Inbox.objects.filter(pk=inbox_id, kind=Inbox.Kind.WIDGET).first()
    if inbox is None:
        raise NotFound
    week_start = request.tenant.week_start
    if request.method == "POST":
        form = InboxForm(request.POST)
        editor = HoursEditor.sent(request.POST, week_start=week_start, may_follow_tenant=True)
        is_valid = editor.is_valid()
        if form.is_valid() and is_valid and _save(request, inbox, form, editor):
            messages.success(request, _("Saved."))
            return redirect("settings_inbox", inbox_id=inbox.pk)
        status = 422
    else:
        form = InboxForm(initial=InboxForm.initial_of(inbox))
        stored = inbox.settings.get("business_hours")
        editor = HoursEditor.of(stored, week_start=week_start, may_follow_tenant=True)
        status = 200
    context = {"form": form, "editor": editor, **links(inbox)}
    return render(request, "conversations/settings/inbox.html", context, status=status)


def _save(request: OperatorRequest, inbox: Inbox, form: InboxForm, editor: HoursEditor) -> bool:
    own = {**form.settings(), "business_hours": editor.as_json()}
    try:
        change_inbox(actor=request.actor, inbox_id=inbox.pk, **form.values(), settings=own)
    except DomainError as error:
        form.take(error)
        return False
    return True
