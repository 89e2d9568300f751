"""Signing a business up, and opening another one."""

from typing import Any, Final

from allauth.account.forms import SignupForm
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from conversations.actions.open_business import open_business
from operators.authentication import operators_of, work_for
from operators.models import User
from operators.pages.access import PersonRequest, person_page
from operators.pages.forms import PageForm, clean_name, is_time_zone
from tenants.permissions import Role

# One log-in must not be able to fill the database with businesses.
MOST_OWNED: Final = 20


class SignUpForm(SignupForm):  # type: ignore[misc]
    """Business and person. The language is the page's, the time zone comes from the browser."""

    business = forms.CharField(
        label=_("Name of your business"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    field_order = ("business", "name", "email", "password1", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Work e-mail")
        self.fields["password1"].help_text = _("10 characters or more. A few unrelated words are best.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_business(self) -> str:
        return clean_name(self.cleaned_data["business"])

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_time_zone(self) -> str:
        """What the browser says, or UTC: it is a hint, which settings can mend, not a reason to refuse."""
        zone: str = self.cleaned_data["time_zone"]
        return zone if is_time_zone(zone) else "UTC"

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        """Create person and business, or neither."""
        user: User = super().save(request)
        return user

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Complete the new user and open the business; called by allauth within save()."""
        user.name = self.cleaned_data["name"]
        user.language = get_language() or "en"
        user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["name", "language", "time_zone"])
        open_business(
            user=user,
            name=self.cleaned_data["business"],
            language=user.language,
            time_zone=user.time_zone,
        )


class NewBusinessForm(PageForm):
    business = forms.CharField(
        label=_("Name of your business"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )

    def clean_business(self) -> str:
        return clean_name(self.cleaned_data["business"])


@require_http_methods(["GET", "HEAD", "POST"])
@person_page
def new_business(request: PersonRequest) -> HttpResponse:
    """Open another business, or the first one of somebody who works nowhere (any more)."""
    form = NewBusinessForm(request.POST or None)
    user = request.user
    if request.method == "POST" and form.is_valid() and _owns_enough(user):
        form.add_error(None, _("You own many businesses already. Write to us if you need more."))
    elif request.method == "POST" and form.is_valid():
        owner = open_business(
            user=user,
            name=form.cleaned_data["business"],
            language=get_language() or "en",
            time_zone=user.time_zone or "UTC",
        )
        work_for(request, owner.tenant_id)
        return redirect("start")
    status = 422 if form.is_bound else 200
    return render(request, "operators/new_business.html", {"form": form}, status=status)


def _owns_enough(user: User) -> bool:
    owned = [operator for operator in operators_of(user_id=user.pk) if operator.role == Role.OWNER]
    return len(owned) >= MOST_OWNED


new_business.opens_own_scope = True  # type: ignore[attr-defined]  # another business than the session's
