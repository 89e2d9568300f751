"""Settings: macros, several things done to a conversation at once."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conversations.actions.manage_macros import (
    MAX_SNOOZE_HOURS,
    change_macro,
    create_macro,
    remove_macro,
)
from conversations.drafts import MAX_TEXT
from conversations.models import Conversation, Macro, Tag
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm, clean_name
from operators.queries import active_operator_choices, team_choices
from tenants.errors import DomainError, NotFound
from tenants.permissions import Permission

AS_IT_IS: Final = gettext_lazy("Leave as it is")
STATUSES: Final = (
    ("", AS_IT_IS),
    ("open", gettext_lazy("Open")),
    ("pending", gettext_lazy("Pending")),
    ("snoozed", gettext_lazy("Snoozed")),
    ("resolved", gettext_lazy("Resolved")),
)


class MacroForm(PageForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    team = forms.ChoiceField(label=gettext_lazy("For"), required=False)
    reply = forms.CharField(
        label=gettext_lazy("Reply"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy(
            "May name {{contact.first_name}}, {{contact.name}}, {{contact.email}}, {{operator.name}} and "
            "{{tenant.name}}. Whoever runs it sees it first and can change it."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Private note"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("Add tags"), required=False, widget=forms.CheckboxSelectMultiple
    )
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), required=False)
    assigns = forms.ChoiceField(label=gettext_lazy("Assign to"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Then make it"), choices=STATUSES, required=False)
    snooze_hours = forms.IntegerField(
        label=gettext_lazy("Hours until a snooze is over"),
        min_value=1,
        max_value=MAX_SNOOZE_HOURS,
        initial=24,
        help_text=gettext_lazy("Matters for “Snoozed” only."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(Tag.objects.order_by("name").values_list("name", flat=True))
        # Tags that are in a macro and were removed since are made again by it: they stay on offer.
        held = [name for name in self.initial.get("tags", []) if name not in names]
        choices: dict[str, list[Any]] = {
            "team": [("", _("Everybody")), *team_choices()],
            "tags": [(name, name) for name in [*names, *held]],
            "priority": [("", AS_IT_IS), *Conversation.Priority.choices],
            "assigns": [
                ("", AS_IT_IS),
                ("me", _("Whoever runs it")),
                ("nobody", _("Nobody")),
                (_("Operators"), [(f"operator:{pk}", name) for pk, name in active_operator_choices()]),
                (_("Teams"), [(f"team:{pk}", name) for pk, name in team_choices()]),
            ],
        }
        for field, offered in choices.items():
            self.fields[field].choices = offered  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, macro: Macro) -> dict[str, Any]:
        """Return what the form shows of a macro."""
        to = {"operator": macro.to_operator_id, "team": macro.to_team_id}.get(macro.assigns)
        return {
            "name": macro.name,
            "team": str(macro.team_id or ""),
            "reply": macro.reply,
            "note": macro.note,
            "tags": macro.tags,
            "priority": macro.priority,
            "assigns": f"{macro.assigns}:{to}" if to else macro.assigns,
            "status": macro.status,
            "snooze_hours": macro.snooze_hours,
        }

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def values(self) -> dict[str, Any]:
        """Return the fields of the macro."""
        data = self.cleaned_data
        assigns, _colon, to = data["assigns"].partition(":")
        return {
            **{
                name: data[name]
                for name in ("name", "reply", "note", "tags", "priority", "status", "snooze_hours")
            },
            "team_id": UUID(data["team"]) if data["team"] else None,
            "assigns": assigns,
            "to_operator_id": UUID(to) if assigns == "operator" else None,
            "to_team_id": UUID(to) if assigns == "team" else None,
        }


@require_safe
@operator_page(Permission.WRITE_CANNED_REPLIES)
def list_macros(request: OperatorRequest) -> HttpResponse:
    """Show all macros by name."""
    macros = Macro.objects.select_related("team").order_by("name")
    return render(request, "conversations/settings/macros.html", {"macros": macros})


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_CANNED_REPLIES)
def edit_macro(request: OperatorRequest, macro_id: UUID | None = None) -> HttpResponse:
    """Make a macro, or change one."""
    macro = Macro.objects.filter(pk=macro_id).first() if macro_id else None
    if macro_id and macro is None:
        raise NotFound
    form = MacroForm(
        request.POST or None, initial=MacroForm.initial_of(macro) if macro else {"snooze_hours": 24}
    )
    if request.method == "POST" and form.is_valid():
        try:
            if macro is None:
                create_macro(actor=request.actor, **form.values())
            else:
                change_macro(actor=request.actor, macro_id=macro.pk, **form.values())
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_macros")
    status = 422 if form.is_bound else 200
    context = {"form": form, "macro": macro}
    return render(request, "conversations/settings/macro.html", context, status=status)


@require_POST
@operator_page(Permission.WRITE_CANNED_REPLIES)
def delete_macro(request: OperatorRequest, macro_id: UUID) -> HttpResponse:
    """Remove a macro."""
    remove_macro(actor=request.actor, macro_id=macro_id)
    messages.success(request, _("The macro was removed."))
    return redirect("settings_macros")
