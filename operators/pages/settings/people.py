"""Settings: who works here, with which role, and who is invited."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from operators.actions.change_role import change_role
from operators.actions.deactivate_operator import deactivate_operator
from operators.actions.invite_operator import invite_operator
from operators.actions.reactivate_operator import reactivate_operator
from operators.actions.resend_invitation import resend_invitation
from operators.actions.revoke_invitation import revoke_invitation
from operators.actions.set_availability import set_availability
from operators.ceiling import grantable_roles
from operators.models import Availability
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm
from operators.pages.outcome import carry_out
from operators.queries import open_invitations, people, team_choices
from tenants.errors import BadRequest, DomainError
from tenants.permissions import Actor, Permission, Role

ROLE_HINTS = {
    Role.OWNER: gettext_lazy("Everything, the business itself included."),
    Role.ADMIN: gettext_lazy("Everything but the business itself."),
    Role.MANAGER: gettext_lazy("Answers, reads reports, keeps canned replies and tags."),
    Role.OPERATOR: gettext_lazy("Answers visitors."),
    Role.VIEWER: gettext_lazy("Reads, but answers nobody."),
}


class InviteForm(PageForm):
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = grantable_roles(actor=actor)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["role"].initial = Role.OPERATOR
        self.fields["team"].choices = [("", _("No team")), *team_choices()]  # type: ignore[attr-defined]


def _show(request: OperatorRequest, *, form: InviteForm | None = None, status: int = 200) -> HttpResponse:
    may_write = request.actor.may(Permission.WRITE_OPERATORS)
    context = {
        "people": people(actor=request.actor),
        "invitations": open_invitations() if may_write else [],
        "form": form or (InviteForm(actor=request.actor) if may_write else None),
        "may_write": may_write,
        "roles": [(role, ROLE_HINTS[role]) for role in Role],
        "grantable": grantable_roles(actor=request.actor),
        "availabilities": Availability.choices,
    }
    return render(request, "operators/settings/people.html", context, status=status)


@require_safe
@operator_page(Permission.READ_OPERATORS)
def list_people(request: OperatorRequest) -> HttpResponse:
    """Show everybody, and the form to invite."""
    return _show(request)


@require_http_methods(["POST"])
@operator_page(Permission.WRITE_OPERATORS)
def invite(request: OperatorRequest) -> HttpResponse:
    """Send an invitation; what was typed stays when it is refused."""
    form = InviteForm(request.POST, actor=request.actor)
    if form.is_valid():
        data = form.cleaned_data
        try:
            invite_operator(
                actor=request.actor,
                email=data["email"],
                role=Role(data["role"]),
                team_id=UUID(data["team"]) if data["team"] else None,
            )
        except DomainError as error:
            form.take(error)
        else:
            messages.success(
                request, _("The invitation is on its way to %(email)s.") % {"email": data["email"]}
            )
            return redirect("settings_people")
    return _show(request, form=form, status=422)


@require_POST
@operator_page(Permission.WRITE_OPERATORS)
def set_role(request: OperatorRequest, operator_id: UUID) -> HttpResponse:
    """Change an operator's role."""
    wanted = request.POST.get("role", "")
    if wanted not in Role.values:
        raise BadRequest
    return carry_out(
        request,
        lambda: change_role(actor=request.actor, operator_id=operator_id, role=Role(wanted)),
        done=_("The role was changed."),
        then="settings_people",
    )


@require_POST
@operator_page(Permission.WRITE_OPERATORS)
def set_status(request: OperatorRequest, operator_id: UUID) -> HttpResponse:
    """Say for an operator whether they are there."""
    wanted = request.POST.get("availability", "")
    if wanted not in Availability.values:
        raise BadRequest
    return carry_out(
        request,
        lambda: set_availability(
            actor=request.actor, operator_id=operator_id, availability=Availability(wanted)
        ),
        done=_("The status was changed."),
        then="settings_people",
    )


@require_POST
@operator_page(Permission.WRITE_OPERATORS)
def deactivate(request: OperatorRequest, operator_id: UUID) -> HttpResponse:
    """Take an operator's access away."""
    return carry_out(
        request,
        lambda: deactivate_operator(actor=request.actor, operator_id=operator_id),
        done=_("The operator was deactivated. Open conversations went back to the queue."),
        then="settings_people",
    )


@require_POST
@operator_page(Permission.WRITE_OPERATORS)
def reactivate(request: OperatorRequest, operator_id: UUID) -> HttpResponse:
    """Let an operator in again."""
    return carry_out(
        request,
        lambda: reactivate_operator(actor=request.actor, operator_id=operator_id),
        done=_("The operator can log in again."),
        then="settings_people",
    )


@require_POST
@operator_page(Permission.WRITE_OPERATORS)
def resend(request: OperatorRequest, invitation_id: UUID) -> HttpResponse:
    """Send an invitation again."""
    return carry_out(
        request,
        lambda: resend_invitation(actor=request.actor, invitation_id=invitation_id),
        done=_("A new link was sent. The earlier one no longer works."),
        then="settings_people",
    )


@require_POST
@operator_page(Permission.WRITE_OPERATORS)
def revoke(request: OperatorRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    return carry_out(
        request,
        lambda: revoke_invitation(actor=request.actor, invitation_id=invitation_id),
        done=_("The invitation was taken back."),
        then="settings_people",
    )
