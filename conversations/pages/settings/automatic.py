"""Settings: what an inbox says by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conversations.actions.change_inbox import change_inbox
from conversations.inbox_settings import with_defaults
from conversations.models import Inbox
from conversations.pages.settings.automatic_form import AutomaticForm
from operators.pages.access import OperatorRequest, operator_page
from tenants.errors import DomainError, NotFound
from tenants.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_INBOXES)
def automatic(request: OperatorRequest, inbox_id: UUID) -> HttpResponse:
    """Show and change what an inbox says by itself."""
    inbox = Inbox.objects.filter(pk=inbox_id, kind=Inbox.Kind.WIDGET).first()
    if inbox is None:
        raise NotFound
    stored = with_defaults(inbox.settings)["automatic"]
    form = AutomaticForm(request.POST or None, initial=AutomaticForm.initial_of(stored))
    if request.method == "POST" and form.is_valid():
        try:
            change_inbox(actor=request.actor, inbox_id=inbox_id, settings={"automatic": form.value()})
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_automatic", inbox_id=inbox_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "inbox": inbox}
    return render(request, "conversations/settings/automatic.html", context, status=status)
