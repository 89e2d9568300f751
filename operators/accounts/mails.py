"""The mails about a person's own log-in: what each says, in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail's subject, its paragraphs, and at most one code or one link to act on."""

    subject: str
    paragraphs: tuple[str, ...]
    code: str = ""
    link: str = ""
    link_label: str = ""
    after: tuple[str, ...] = ()


def letter(*, template_prefix: str, context: Mapping[str, Any]) -> Letter:
    """Return the letter for one of allauth's mails. Raises KeyError for one Parley does not send."""
    return LETTERS[template_prefix](context)


def _verification(context: Mapping[str, Any]) -> Letter:
    return Letter(
        subject=_("%(code)s is your Parley code") % {"code": context["code"]},
        paragraphs=(_("Type this code into the page you came from to confirm your e-mail address."),),
        code=context["code"],
        after=(_("The code is valid for 30 minutes. If you did not ask for it, you can ignore this mail."),),
    )


def _already_exists(context: Mapping[str, Any]) -> Letter:
    return Letter(
        subject=_("You have a Parley log-in already"),
        paragraphs=(
            _("Somebody, probably you, tried to sign up at Parley with this e-mail address."),
            _("You can log in with it as before. If you have forgotten the password, choose a new one."),
        ),
        link=context["password_reset_url"],
        link_label=_("Choose a new password"),
        after=(_("If it was not you, you can ignore this mail: nothing was changed."),),
    )


def _reset(context: Mapping[str, Any]) -> Letter:
    return Letter(
        subject=_("Choose a new password for Parley"),
        paragraphs=(
            _("Somebody, probably you, asked for a new password for the log-in with this e-mail address."),
        ),
        link=context["password_reset_url"],
        link_label=_("Choose a new password"),
        after=(_("The link works once, within three days. If it was not you, you can ignore this mail."),),
    )


def _unknown(context: Mapping[str, Any]) -> Letter:
    return Letter(
        subject=_("No Parley log-in with this address"),
        paragraphs=(
            _("Somebody, probably you, asked for a new password, but no log-in has this e-mail address."),
            _("Perhaps you signed up with another address. Otherwise you can sign up now."),
        ),
        link=context["signup_url"],
        link_label=_("Sign up"),
        after=(_("If it was not you, you can ignore this mail."),),
    )


def _notice(
    subject: Callable[[], str], text: Callable[[Mapping[str, Any]], str]
) -> Callable[[Mapping[str, Any]], Letter]:
    def made(context: Mapping[str, Any]) -> Letter:
        return Letter(
            subject=subject(),
            paragraphs=(
                text(context),
                _("It was done from the address %(ip)s.") % {"ip": context.get("ip") or "-"},
                _("If it was not you, choose a new password at once and end your other sessions."),
            ),
            link=context["security_url"],
            link_label=_("Open your security settings"),
        )

    return made


LETTERS: Final[dict[str, Callable[[Mapping[str, Any]], Letter]]] = {
    "account/email/email_confirmation": _verification,
    "account/email/email_confirmation_signup": _verification,
    "account/email/account_already_exists": _already_exists,
    "account/email/password_reset_key": _reset,
    "account/email/unknown_account": _unknown,
    "account/email/password_changed": _notice(
        lambda: _("Your password was changed"),
        lambda _context: _("The password of your Parley log-in was changed."),
    ),
    "account/email/password_reset": _notice(
        lambda: _("Your password was changed"),
        lambda _context: _("The password of your Parley log-in was changed."),
    ),
    "account/email/password_set": _notice(
        lambda: _("Your password was changed"),
        lambda _context: _("The password of your Parley log-in was changed."),
    ),
    "account/email/email_changed": _notice(
        lambda: _("Your e-mail address was changed"),
        lambda context: (
            _("The e-mail address of your Parley log-in was changed from %(old)s to %(new)s.")
            % {"old": context["from_email"], "new": context["to_email"]}
        ),
    ),
    "account/email/email_confirm": _notice(
        lambda: _("Your e-mail address was confirmed"),
        lambda _context: _("This e-mail address now belongs to your Parley log-in."),
    ),
    "account/email/email_deleted": _notice(
        lambda: _("An e-mail address was removed"),
        lambda context: (
            _("%(email)s no longer belongs to your Parley log-in.") % {"email": context["deleted_email"]}
        ),
    ),
    "mfa/email/totp_activated": _notice(
        lambda: _("Two-step log-in is on"),
        lambda _context: _("From now on, logging in takes a code from your authenticator app as well."),
    ),
    "mfa/email/totp_deactivated": _notice(
        lambda: _("Two-step log-in is off"),
        lambda _context: _("From now on, your password alone is enough to log in."),
    ),
    "mfa/email/recovery_codes_generated": _notice(
        lambda: _("New recovery codes"),
        lambda _context: _(
            "New recovery codes were made for your Parley log-in. The earlier ones no longer work."
        ),
    ),
}
