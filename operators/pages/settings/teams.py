"""Settings: teams."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from operators.actions.manage_teams import change_team, create_team, remove_team
from operators.models import AssignmentMode, Team
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm, SwitchInput, clean_name
from operators.pages.hours import HoursEditor
from operators.queries import active_operator_choices, member_ids, teams_with_members
from operators.team_routing import LONGEST_OFFER, TeamRouting
from tenants.errors import DomainError
from tenants.permissions import Permission

# Each way of finding an operator, with what it does.
MODES = (
    (
        AssignmentMode.MANUAL,
        gettext_lazy("By hand: conversations wait in the list until somebody picks one."),
    ),
    (
        AssignmentMode.ROUND_ROBIN,
        gettext_lazy("In turn: the next one goes to whoever got nothing for longest."),
    ),
    (
        AssignmentMode.LEAST_BUSY,
        gettext_lazy("By load: the next one goes to whoever has most room left of their limit."),
    ),
)


class TeamForm(PageForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )
    assignment_mode = forms.ChoiceField(
        label=gettext_lazy("How conversations find an operator"),
        choices=MODES,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Only operators who are online, have the inbox open and are below their limit are asked. Urgent "
            "conversations come first, then those that wait longest; who speaks the visitor's language is asked first."
        ),
    )
    offer_seconds = forms.IntegerField(
        label=gettext_lazy("Seconds to accept"),
        min_value=0,
        max_value=LONGEST_OFFER,
        help_text=gettext_lazy(
            "An offer that nobody accepts in this time goes to the next operator. With 0 nobody is asked: the "
            "conversation is theirs at once."
        ),
    )
    prefers_last_operator = forms.BooleanField(
        label=gettext_lazy("Ask the last operator first"),
        required=False,
        widget=SwitchInput,
        help_text=gettext_lazy("Who comes back is offered to whoever answered them last, if they are there."),
    )
    requires_tag = forms.BooleanField(
        label=gettext_lazy("Ask for a tag when resolving"),
        required=False,
        widget=SwitchInput,
        help_text=gettext_lazy(
            "Operators choose a tag before they resolve a conversation of this team. Visitors can end theirs at any "
            "time."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Conversations that come in without a team, in one of these languages, come to this team. None means any."
        ),
    )
    countries = forms.CharField(
        label=gettext_lazy("Countries"),
        required=False,
        help_text=gettext_lazy(
            "And only from these countries: codes of two letters, with commas between them. Empty means any."
        ),
        widget=forms.TextInput(attrs={"dir": "ltr", "example": "LT, LV, EE"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = active_operator_choices()  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_countries(self) -> tuple[str, ...]:
        return tuple(
            sorted({code.upper() for code in re.findall(r"[^\s,;]+", self.cleaned_data["countries"])})
        )

    def routing(self, *, business_hours: dict[str, Any] | None) -> TeamRouting:
        """Return how the team's conversations find their operators."""
        data = self.cleaned_data
        return TeamRouting(
            assignment_mode=data["assignment_mode"],
            offer_seconds=data["offer_seconds"],
            prefers_last_operator=data["prefers_last_operator"],
            requires_tag=data["requires_tag"],
            languages=tuple(data["languages"]),
            countries=data["countries"],
            business_hours=business_hours,
        )


def _initial(team: Team | None) -> dict[str, Any]:
    if team is None:
        return TeamRouting().as_fields() | {"countries": ""}
    shown = TeamRouting.of(team).as_fields()
    shown["countries"] = ", ".join(shown["countries"])
    return {"name": team.name, "members": member_ids(team_id=team.pk), **shown}


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
    """Make a team, or change one; saved when both form and hours are right."""
    team = Team.found(team_id=team_id) if team_id else None
    form = TeamForm(request.POST or None, initial=_initial(team))
    if request.method == "POST":
        editor = HoursEditor.sent(request.POST, week_start=request.tenant.week_start, may_follow_tenant=True)
        is_valid = editor.is_valid()
        if form.is_valid() and is_valid and _save(request, team, form, editor):
            messages.success(request, _("Saved."))
            return redirect("settings_teams")
    else:
        stored = team.business_hours if team else None
        editor = HoursEditor.of(stored, week_start=request.tenant.week_start, may_follow_tenant=True)
    context = {"form": form, "editor": editor, "team": team}
    return render(request, "operators/settings/team.html", context, status=422 if form.is_bound else 200)


def _save(request: OperatorRequest, team: Team | None, form: TeamForm, editor: HoursEditor) -> bool:
    fields: dict[str, Any] = {
        "actor": request.actor,
        "name": form.cleaned_data["name"],
        "member_ids": [UUID(member) for member in form.cleaned_data["members"]],
        "routing": form.routing(business_hours=editor.as_json()),
    }
    try:
        if team is None:
            create_team(**fields)
        else:
            change_team(team_id=team.pk, **fields)
    except DomainError as error:
        form.take(error)
        return False
    return True


@require_POST
@operator_page(Permission.WRITE_OPERATORS)
def delete_team(request: OperatorRequest, team_id: UUID) -> HttpResponse:
    """Remove a team."""
    remove_team(actor=request.actor, team_id=team_id)
    messages.success(request, _("The team was removed."))
    return redirect("settings_teams")
