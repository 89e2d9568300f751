"""django-allauth's forms in our words: every page of ours says "E-mail"."""

from typing import Any

from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm
from django.utils.translation import gettext_lazy as _


class LogInForm(LoginForm):  # type: ignore[misc]  # django-allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")


class NewAddressForm(AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
