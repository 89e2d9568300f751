"""Settings: how much one operator may have to do at once, and in which languages they answer."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from operators.actions.set_workload import MOST_CONVERSATIONS, set_workload
from operators.models import Operator
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm
from tenants.errors import DomainError, NotFound
from tenants.permissions import Permission


class WorkloadForm(PageForm):
    max_conversations = forms.IntegerField(
        label=gettext_lazy("Chats at once"),
        min_value=0,
        max_value=MOST_CONVERSATIONS,
        help_text=gettext_lazy(
            "Teams that give their conversations out stop at this limit. A chat counts as one, five e-mail "
            "conversations as one together. With 0 nothing is given to this person; they can still pick "
            "conversations by hand."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Visitors who write in one of these come to this person first. None means any language."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_OPERATORS)
def edit_workload(request: OperatorRequest, operator_id: UUID) -> HttpResponse:
    """Change the limit and the languages of an operator."""
    operator = Operator.objects.filter(pk=operator_id).first()
    if operator is None:
        raise NotFound
    initial = {"max_conversations": operator.max_conversations, "languages": operator.languages}
    form = WorkloadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_workload(actor=request.actor, operator_id=operator_id, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_people")
    status = 422 if form.is_bound else 200
    context = {"form": form, "person": operator}
    return render(request, "operators/settings/workload.html", context, status=status)
