"""Settings: teams."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from operators.actions.manage_teams import change_team, create_team, remove_team
from operators.models import Team
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm, clean_name
from operators.queries import active_operator_choices, member_ids, teams_with_members
from tenants.errors import DomainError
from tenants.permissions import Permission


class TeamForm(PageForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = active_operator_choices()  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


@require_safe
@operator_page(Permission.READ_OPERATORS)
def list_teams(request: OperatorRequest) -> HttpResponse:
    """Show all teams."""
    context = {
        "teams": teams_with_members(),
        "may_write": request.actor.may(Permission.WRITE_OPERATORS),
    }
    return render(request, "operators/settings/teams.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_OPERATORS)
def edit_team(request: OperatorRequest, team_id: UUID | None = None) -> HttpResponse:
    """Make a team, or change one."""
    team = Team.found(team_id=team_id) if team_id else None
    initial = {"name": team.name, "members": member_ids(team_id=team.pk)} if team else {}
    form = TeamForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        members = [UUID(member) for member in form.cleaned_data["members"]]
        try:
            if team is None:
                create_team(actor=request.actor, name=form.cleaned_data["name"], member_ids=members)
            else:
                change_team(
                    actor=request.actor, team_id=team.pk, name=form.cleaned_data["name"], member_ids=members
                )
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_teams")
    status = 422 if form.is_bound else 200
    return render(request, "operators/settings/team.html", {"form": form, "team": team}, status=status)


@require_POST
@operator_page(Permission.WRITE_OPERATORS)
def delete_team(request: OperatorRequest, team_id: UUID) -> HttpResponse:
    """Remove a team."""
    remove_team(actor=request.actor, team_id=team_id)
    messages.success(request, _("The team was removed."))
    return redirect("settings_teams")
