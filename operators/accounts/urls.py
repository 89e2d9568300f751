"""The pages of django-allauth that Parley uses, each named: what is not listed does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import reauthentication
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, re_path, reverse
from django.views.generic import RedirectView


def here(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer a view's exceptions, and render its template, where the view runs: inside the tenant's scope.

    TenantMiddleware calls views itself, so Django's exception and late-render hooks come too late for them.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except ImmediateHttpResponse as error:
            return _response(error.response)
        except ReauthenticationRequired:
            methods = get_adapter().get_reauthentication_methods(request.user)
            url = methods[0]["url"] if methods else reverse("account_login")
            return _response(reauthentication.suspend_request(request, url))
        if isinstance(response, TemplateResponse):
            response.render()
        return response

    return answered


def _response(response: HttpResponse) -> HttpResponse:
    return response


urlpatterns = [
    path("login/", here(account.login), name="account_login"),
    path("logout/", here(account.logout), name="account_logout"),
    path("inactive/", here(account.account_inactive), name="account_inactive"),
    path("signup/", RedirectView.as_view(url="/signup/", query_string=True)),
    path("reauthenticate/", here(account.reauthenticate), name="account_reauthenticate"),
    path("email/", here(account.email), name="account_email"),
    path("confirm-email/", here(account.email_verification_sent), name="account_email_verification_sent"),
    path("password/change/", here(account.password_change), name="account_change_password"),
    path("password/set/", here(account.password_set), name="account_set_password"),
    path("password/reset/", here(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", here(account.password_reset_done), name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        here(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        here(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("2fa/authenticate/", here(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", here(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", here(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", here(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", here(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        here(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        here(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
