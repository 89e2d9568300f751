"""Settings: the mails that could not be delivered, and what to do about each."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from operators.pages.access import OperatorRequest, operator_page
from operators.pages.outcome import carry_out
from tenants.actions.settle_mail import give_up_mail, retry_mail
from tenants.mail.upkeep import mails_in_trouble
from tenants.permissions import Permission

MOST_SHOWN: Final = 100

# What each kind of mail is called on the page. One that is missing shows its own name.
KINDS: Final[dict[str, Any]] = {
    "follow_up": gettext_lazy("Follow-up"),
    "csat_mail": gettext_lazy("Rating request"),
    "invitation": gettext_lazy("Invitation"),
    "report.daily": gettext_lazy("Daily report"),
    "report.weekly": gettext_lazy("Weekly report"),
}


@require_safe
@operator_page(Permission.WRITE_SETTINGS)
def list_mails(request: OperatorRequest) -> HttpResponse:
    """Show the troubled mails, the newest first."""
    mails = mails_in_trouble(limit=MOST_SHOWN)
    rows = [(mail, KINDS.get(mail.kind, mail.kind)) for mail in mails]
    return render(request, "operators/settings/mail.html", {"rows": rows, "is_cut": len(mails) == MOST_SHOWN})


@require_POST
@operator_page(Permission.WRITE_SETTINGS)
def retry(request: OperatorRequest, mail_id: UUID) -> HttpResponse:
    """Try a mail again now."""
    return carry_out(
        request,
        lambda: retry_mail(actor=request.actor, mail_id=mail_id),
        done=_("The mail is sent again within seconds."),
        then="settings_mail",
    )


@require_POST
@operator_page(Permission.WRITE_SETTINGS)
def give_up(request: OperatorRequest, mail_id: UUID) -> HttpResponse:
    """Never try a mail again."""
    return carry_out(
        request,
        lambda: give_up_mail(actor=request.actor, mail_id=mail_id),
        done=_("The mail was given up. It is not sent again."),
        then="settings_mail",
    )
