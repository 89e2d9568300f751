"""Settings: keys for programs. A token is on the page once, when it is made."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm
from tenants.actions.manage_api_keys import IssuedKey, create_api_key, revoke_api_key, rotate_api_key
from tenants.clock import now
from tenants.errors import DomainError
from tenants.models import ApiKey
from tenants.permissions import Actor, Permission

LABELS: Final[dict[Permission, Any]] = {
    Permission.READ_CONVERSATIONS: gettext_lazy("Read conversations and messages"),
    Permission.WRITE_CONVERSATIONS: gettext_lazy("Assign, tag, snooze and resolve conversations"),
    Permission.WRITE_MESSAGES: gettext_lazy("Answer visitors"),
    Permission.WRITE_NOTES: gettext_lazy("Write private notes"),
    Permission.READ_CONTACTS: gettext_lazy("Read contacts"),
    Permission.WRITE_CONTACTS: gettext_lazy("Change contacts"),
    Permission.READ_RATINGS: gettext_lazy("Read ratings"),
    Permission.READ_REPORTS: gettext_lazy("Read reports"),
    Permission.EXPORT_DATA: gettext_lazy("Export data"),
    Permission.WRITE_TAGS: gettext_lazy("Manage tags"),
    Permission.WRITE_CANNED_REPLIES: gettext_lazy("Manage canned replies"),
    Permission.WRITE_ARTICLES: gettext_lazy("Manage articles"),
    Permission.READ_OPERATORS: gettext_lazy("Read operators and teams"),
    Permission.WRITE_OPERATORS: gettext_lazy("Manage operators and teams"),
    Permission.WRITE_INBOXES: gettext_lazy("Manage inboxes"),
    Permission.WRITE_SETTINGS: gettext_lazy("Change settings"),
    Permission.READ_AUDIT: gettext_lazy("Read the audit log"),
}
LIFETIMES: Final = (
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("1 year")),
    ("", gettext_lazy("Never")),
)


class ApiKeyForm(PageForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("What the key is for, like “Web shop”."),
    )
    permissions = forms.MultipleChoiceField(
        label=gettext_lazy("The key may"), widget=forms.CheckboxSelectMultiple
    )
    expires_in = forms.ChoiceField(
        label=gettext_lazy("Expires after"), choices=LIFETIMES, required=False, initial="90"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Keys that make keys outlive whoever made them: neither that nor the business itself is on offer.
        offered = [(key.value, label) for key, label in LABELS.items() if actor.may(key)]
        self.fields["permissions"].choices = offered  # type: ignore[attr-defined]


def _show(
    request: OperatorRequest, *, form: ApiKeyForm, issued: IssuedKey | None = None, status: int = 200
) -> HttpResponse:
    keys = ApiKey.objects.order_by("-created_at", "-pk")
    context = {
        "form": form,
        "issued": issued,
        "keys": [key for key in keys if key.revoked_at is None],
        "revoked": [key for key in keys if key.revoked_at is not None][:20],
        "now": now(),
        "labels": {key.value: label for key, label in LABELS.items()},
    }
    response = render(request, "operators/settings/api_keys.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
@operator_page(Permission.WRITE_API_KEYS)
def list_api_keys(request: OperatorRequest) -> HttpResponse:
    """Show the keys, and the form to make one."""
    return _show(request, form=ApiKeyForm(actor=request.actor))


@require_http_methods(["POST"])
@operator_page(Permission.WRITE_API_KEYS)
def make_api_key(request: OperatorRequest) -> HttpResponse:
    """Make a key and show its token, this once."""
    form = ApiKeyForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _show(request, form=form, status=422)
    days = form.cleaned_data["expires_in"]
    try:
        issued = create_api_key(
            actor=request.actor,
            name=form.cleaned_data["name"],
            permissions=[Permission(value) for value in form.cleaned_data["permissions"]],
            expires_at=now() + timedelta(days=int(days)) if days else None,
        )
    except DomainError as error:
        form.take(error)
        return _show(request, form=form, status=422)
    return _show(request, form=ApiKeyForm(actor=request.actor), issued=issued)


@require_POST
@operator_page(Permission.WRITE_API_KEYS)
def rotate(request: OperatorRequest, key_id: UUID) -> HttpResponse:
    """Give a key a new secret and show its token, this once."""
    issued = rotate_api_key(actor=request.actor, key_id=key_id)
    return _show(request, form=ApiKeyForm(actor=request.actor), issued=issued)


@require_POST
@operator_page(Permission.WRITE_API_KEYS)
def revoke(request: OperatorRequest, key_id: UUID) -> HttpResponse:
    """End a key."""
    revoke_api_key(actor=request.actor, key_id=key_id)
    messages.success(request, _("The key was revoked. Programs that use it are refused from now on."))
    return redirect("settings_api_keys")
