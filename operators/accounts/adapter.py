"""Where django-allauth asks Parley: mails, addresses, where to go after a log-in."""

from contextlib import suppress
from smtplib import SMTPException
from typing import Any, Final

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from operators.accounts.mails import letter
from operators.accounts.trail import note_change, note_log_in
from operators.authentication import operators_of
from operators.models import User
from tenants.errors import Unavailable
from tenants.http import request_address
from tenants.mail.queue import AUTOMATIC
from tenants.mail.render import render

log = structlog.get_logger()

# Worth saying when it was asked for again.
CODE_SENT: Final = "account/messages/email_confirmation_sent.txt"
# Said by the page one lands on already.
SILENT_MESSAGES: Final = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Links in mails start with PARLEY_ORIGIN, never with the Host header somebody sent."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return request_address(request) or "0.0.0.0"  # noqa: S104 - "unknown", for rate limits and the session list

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once: somebody is waiting for it. Raises Unavailable when no mail can be sent."""
        try:
            self._message(template_prefix, email, context).send()
        except (OSError, SMTPException) as error:
            log.warning("account_mail.failed", template=template_prefix, error=str(error))
            raise Unavailable(
                _("We cannot send mail right now. Please try again in a few minutes."), retry_after=60
            ) from error

    def send_notification_mail(self, template_prefix: str, *args: Any, **kwargs: Any) -> None:
        """Tell about a change that has happened: a mail that cannot be sent does not undo it."""
        with suppress(Unavailable):
            super().send_notification_mail(template_prefix, *args, **kwargs)
        if actor := getattr(self.request, "actor", None):
            note_change(actor=actor, notice=template_prefix)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Called once a log-in is complete, second factor included."""
        note_log_in(user=user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        return self._message(template_prefix, email, context, headers)

    def _message(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        addressed = {
            **context,
            "signup_url": absolute("account_signup"),
            "security_url": absolute("mfa_index"),
            "password_reset_url": _on_own_origin(context.get("password_reset_url", "")),
        }
        text = letter(template_prefix=template_prefix, context=addressed)
        rendered = render(
            template="letter", language=translation.get_language() or "en", context={"letter": text}
        )
        message = EmailMultiAlternatives(
            subject=rendered.subject,
            body=rendered.text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[email] if isinstance(email, str) else email,
            headers={**AUTOMATIC, **(headers or {})},
        )
        message.attach_alternative(rendered.html, "text/html")
        return message

    def get_reset_password_from_key_url(self, key: str) -> str:
        path: str = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PARLEY_ORIGIN + path.replace("UID-KEY", key)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        is_at_work = request.user.is_authenticated and bool(operators_of(user_id=request.user.id))
        return "/inbox/" if is_at_work else reverse("no_business")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        is_first_code = message_template == CODE_SENT and request.POST.get("action") != "resend"
        if message_template not in SILENT_MESSAGES and not is_first_code:
            super().add_message(request, level, message_template, *args, **kwargs)

    def is_safe_url(self, url: str) -> bool:
        """Only paths of this site: a redirect elsewhere is never wanted after a log-in."""
        return url.startswith("/") and not url.startswith(("//", "/\\")) and super().is_safe_url(url)

    def populate_username(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Nobody has a user name: the e-mail address is the log-in."""


def absolute(name: str) -> str:
    """Return the public address of a named page."""
    return settings.PARLEY_ORIGIN + reverse(name)


def _on_own_origin(url: str) -> str:
    request = allauth_context.request
    host = f"{request.scheme}://{request.get_host()}" if request else ""
    return settings.PARLEY_ORIGIN + url.removeprefix(host) if host and url.startswith(host) else url
