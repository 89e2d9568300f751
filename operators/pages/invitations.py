"""Following an invitation: join as who one is, or make a log-in and join."""

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import EmailAddress, Login
from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from operators.actions.accept_invitation import accept_invitation
from operators.authentication import work_for
from operators.models import Invitation, Operator, User
from operators.models.invitation import token_hash
from operators.pages.forms import PageForm, clean_name, is_time_zone
from tenants.errors import DomainError
from tenants.permissions import Role
from tenants.scoping import TenantId, lookup, tenant_scope


class JoinForm(PageForm):
    """Makes a log-in for the address the invitation was sent to."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=gettext_lazy("Choose a password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=gettext_lazy("10 characters or more. A few unrelated words are best."),
    )
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, User(email=self.email))
        return password

    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"]
        return zone if is_time_zone(zone) else ""


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation a link leads to, whatever became of it; None for a link nobody made."""
    hashed = token_hash(token)
    with lookup(hashed):
        return (
            Invitation.across_tenants.filter(token_hash=hashed).select_related("tenant").first()
            if token
            else None
        )


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class InvitationView(View):
    """GET shows, POST joins: a mail scanner that follows the link accepts nothing."""

    template = "operators/invitation.html"
    # Whoever follows a link may be logged in to another tenant, whose scope must not be open here.
    opens_own_scope = True

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(request, find_invitation(token), form=None)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = find_invitation(token)
        if invitation is None or self._state(invitation, request) not in {"join", "new"}:
            return self._show(request, invitation, form=None)
        if request.user.is_authenticated:
            return self._join(request, invitation, request.user)
        form = JoinForm(request.POST, email=invitation.email)
        if not form.is_valid():
            return self._show(request, invitation, form=form, status=422)
        return self._sign_up_and_join(request, invitation, form)

    def _join(self, request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
        try:
            with tenant_scope(TenantId(invitation.tenant_id)):
                operator = accept_invitation(invitation_id=invitation.pk, user=user)
        except DomainError as error:
            messages.error(request, str(error.detail))
            return self._show(request, find_invitation(request.resolver_match.kwargs["token"]), form=None)  # type: ignore[union-attr]
        return self._welcome(request, operator, invitation)

    def _sign_up_and_join(self, request: HttpRequest, invitation: Invitation, form: JoinForm) -> HttpResponse:
        try:
            with transaction.atomic():
                user = self._make_user(invitation, form)
                with tenant_scope(TenantId(invitation.tenant_id)):
                    operator = accept_invitation(invitation_id=invitation.pk, user=user)
        except DomainError as error:
            form.take(error)
            return self._show(request, invitation, form=form, status=error.status)
        # Through allauth's steps, so that this log-in is recorded and limited like any other.
        perform_login(request, Login(user=user, email=user.email))
        return self._welcome(request, operator, invitation)

    @staticmethod
    def _make_user(invitation: Invitation, form: JoinForm) -> User:
        user = User.objects.create_user(
            invitation.email,
            form.cleaned_data["password"],
            name=form.cleaned_data["name"],
            language=get_language() or "",
            time_zone=form.cleaned_data["time_zone"] or invitation.tenant.time_zone,
        )
        # Whoever holds the link reads the mailbox it was sent to: the address is confirmed by that.
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    @staticmethod
    def _welcome(request: HttpRequest, operator: Operator, invitation: Invitation) -> HttpResponse:
        work_for(request, operator.tenant_id)
        messages.success(request, _("Welcome to %(business)s.") % {"business": invitation.tenant.name})
        return redirect("/inbox/")

    def _state(self, invitation: Invitation | None, request: HttpRequest) -> str:
        """Return what the page says: unknown, used, revoked, expired, stranger, log_in, join or new."""
        if invitation is None:
            return "unknown"
        if invitation.accepted_at:
            return "used"
        if invitation.revoked_at:
            return "revoked"
        if invitation.is_expired:
            return "expired"
        if request.user.is_authenticated:
            return "join" if request.user.email.lower() == invitation.email else "stranger"
        return "log_in" if User.objects.filter(email__iexact=invitation.email).exists() else "new"

    def _show(
        self, request: HttpRequest, invitation: Invitation | None, *, form: JoinForm | None, status: int = 200
    ) -> HttpResponse:
        state = self._state(invitation, request)
        if state == "new" and form is None and invitation is not None:
            form = JoinForm(email=invitation.email)
        if state in {"unknown", "used", "revoked", "expired"}:
            status = 404 if state == "unknown" else 410
        role = Role(invitation.role).label if invitation else ""
        context = {"state": state, "invitation": invitation, "form": form, "role": role}
        return render(request, self.template, context, status=status)
