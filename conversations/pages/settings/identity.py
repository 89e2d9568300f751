"""Settings: how an inbox knows who its visitors are. A secret is on the page once, when it is made."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from conversations.actions.change_inbox import change_inbox
from conversations.actions.manage_identity_keys import (
    MAX_ACTIVE,
    MadeKey,
    create_identity_key,
    revoke_identity_key,
)
from conversations.identity_queries import identity_week
from conversations.inbox_settings import with_defaults
from conversations.models import IdentityKey, Inbox
from conversations.pages.settings.identity_samples import PAGE, samples
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm
from tenants.errors import DomainError, NotFound
from tenants.permissions import Permission

# Why a token was refused (conversations.identity_tokens.Reason), in words.
REASONS: Final[dict[str, Any]] = {
    "malformed": gettext_lazy("it was no token at all"),
    "key": gettext_lazy("it named no active key of this inbox (kid)"),
    "algorithm": gettext_lazy("it was signed by another algorithm than the key's (alg)"),
    "signature": gettext_lazy("its signature was wrong"),
    "expired": gettext_lazy("it had expired (exp)"),
    "lifetime": gettext_lazy("it did not end within 24 hours, or is not valid yet (exp, iat, nbf)"),
    "audience": gettext_lazy("it was for another inbox (aud)"),
    "subject": gettext_lazy("it named nobody (sub)"),
    "claims": gettext_lazy("something in it was too long or of the wrong kind"),
}


class ModeForm(PageForm):
    identity = forms.ChoiceField(
        label=gettext_lazy("What your pages say of a visitor without a signature"),
        choices=[
            ("off", gettext_lazy("Take it. Nothing is counted.")),
            (
                "warn",
                gettext_lazy("Take it, and count it here: see what is left to sign before you refuse it."),
            ),
            ("on", gettext_lazy("Refuse it. Only signed tokens say who a visitor is.")),
        ],
        widget=forms.RadioSelect,
    )


class KeyForm(PageForm):
    algorithm = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[
            ("HS256", gettext_lazy("A secret that we make (HS256): the simplest")),
            ("EdDSA", gettext_lazy("Your own Ed25519 public key (EdDSA)")),
            ("RS256", gettext_lazy("Your own RSA public key (RS256)")),
        ],
        widget=forms.RadioSelect,
        initial="HS256",
    )
    public_key = forms.CharField(
        label=gettext_lazy("Public key"),
        required=False,
        widget=forms.Textarea({"rows": 4, "class": "input input--code", "spellcheck": "false"}),
        help_text=gettext_lazy("For your own key only: as PEM, beginning with -----BEGIN PUBLIC KEY-----."),
    )


def _inbox(inbox_id: UUID) -> Inbox:
    inbox = Inbox.objects.filter(pk=inbox_id, kind=Inbox.Kind.WIDGET).first()
    if inbox is None:
        raise NotFound
    return inbox


def _show(
    request: OperatorRequest,
    inbox: Inbox,
    *,
    form: ModeForm | None = None,
    key_form: KeyForm | None = None,
    made: MadeKey | None = None,
    status: int = 200,
) -> HttpResponse:
    keys = IdentityKey.objects.filter(inbox=inbox).order_by("-created_at", "-pk")
    active = [key for key in keys if key.revoked_at is None]
    secrets = [key for key in active if key.algorithm == IdentityKey.Algorithm.HS256]
    week = identity_week(inbox_id=inbox.pk)
    context = {
        "inbox": inbox,
        "form": form or ModeForm(initial={"identity": with_defaults(inbox.settings)["identity"]}),
        "key_form": key_form or KeyForm(),
        "made": made,
        "keys": active,
        "revoked": [key for key in keys if key.revoked_at is not None][:20],
        "may_make": len(active) < MAX_ACTIVE,
        "week": week,
        "last_refusal": REASONS.get(week.last_refusal),
        "samples": samples(key_id=secrets[0].key_id if secrets else "KEY_ID"),
        "page_sample": PAGE,
    }
    response = render(request, "conversations/settings/identity.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_INBOXES)
def identity(request: OperatorRequest, inbox_id: UUID) -> HttpResponse:
    """Show keys and counts; save what is done with unsigned identities."""
    inbox = _inbox(inbox_id)
    if request.method != "POST":
        return _show(request, inbox)
    form = ModeForm(request.POST)
    if not form.is_valid():
        return _show(request, inbox, form=form, status=422)
    change_inbox(actor=request.actor, inbox_id=inbox.pk, settings={"identity": form.cleaned_data["identity"]})
    messages.success(request, _("Saved."))
    return redirect("settings_identity", inbox_id=inbox.pk)


@require_POST
@operator_page(Permission.WRITE_INBOXES)
def make_key(request: OperatorRequest, inbox_id: UUID) -> HttpResponse:
    """Make a key; a secret is shown this once."""
    inbox = _inbox(inbox_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _show(request, inbox, key_form=form, status=422)
    try:
        made = create_identity_key(actor=request.actor, inbox_id=inbox.pk, **form.cleaned_data)
    except DomainError as error:
        form.take(error)
        return _show(request, inbox, key_form=form, status=422)
    return _show(request, inbox, made=made)


@require_POST
@operator_page(Permission.WRITE_INBOXES)
def revoke_key(request: OperatorRequest, inbox_id: UUID, key_id: UUID) -> HttpResponse:
    """End a key."""
    revoke_identity_key(actor=request.actor, inbox_id=_inbox(inbox_id).pk, key_id=key_id)
    messages.success(request, _("The key was revoked. Tokens that it signed are refused from now on."))
    return redirect("settings_identity", inbox_id=inbox_id)
