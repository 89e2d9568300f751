"""Settings: canned replies."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conversations.actions.manage_canned_replies import (
    MAX_TITLE,
    change_canned_reply,
    create_canned_reply,
    remove_canned_reply,
)
from conversations.drafts import MAX_TEXT
from conversations.models import CannedReply
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm
from operators.queries import team_choices
from tenants.errors import DomainError, NotFound
from tenants.permissions import Permission


class CannedReplyForm(PageForm):
    shortcut = forms.CharField(
        label=gettext_lazy("Shortcut"),
        max_length=41,
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "dir": "auto"}),
        help_text=gettext_lazy("Typed after / in the answer box, like “hours” for /hours."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=MAX_TITLE)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
    )
    team = forms.ChoiceField(label=gettext_lazy("For"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", _("Everybody")), *team_choices()]  # type: ignore[attr-defined]


@require_safe
@operator_page(Permission.WRITE_CANNED_REPLIES)
def list_canned_replies(request: OperatorRequest) -> HttpResponse:
    """Show all canned replies by their shortcut."""
    replies = CannedReply.objects.select_related("team").order_by("shortcut")
    return render(request, "conversations/settings/canned_replies.html", {"replies": replies})


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_CANNED_REPLIES)
def edit_canned_reply(request: OperatorRequest, reply_id: UUID | None = None) -> HttpResponse:
    """Make a canned reply, or change one."""
    reply = CannedReply.objects.filter(pk=reply_id).first() if reply_id else None
    if reply_id and reply is None:
        raise NotFound
    initial = (
        {
            "shortcut": reply.shortcut,
            "title": reply.title,
            "text": reply.text,
            "team": str(reply.team_id or ""),
        }
        if reply
        else {}
    )
    form = CannedReplyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {
            "shortcut": data["shortcut"],
            "title": data["title"],
            "text": data["text"],
            "team_id": UUID(data["team"]) if data["team"] else None,
        }
        try:
            if reply is None:
                create_canned_reply(actor=request.actor, **fields)
            else:
                change_canned_reply(actor=request.actor, reply_id=reply.pk, **fields)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_canned_replies")
    status = 422 if form.is_bound else 200
    context = {"form": form, "reply": reply}
    return render(request, "conversations/settings/canned_reply.html", context, status=status)


@require_POST
@operator_page(Permission.WRITE_CANNED_REPLIES)
def delete_canned_reply(request: OperatorRequest, reply_id: UUID) -> HttpResponse:
    """Remove a canned reply."""
    remove_canned_reply(actor=request.actor, reply_id=reply_id)
    messages.success(request, _("The canned reply was removed."))
    return redirect("settings_canned_replies")
