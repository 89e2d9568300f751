"""Settings: the audit log, filtered, page by page, or as a file."""

import json
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm
from tenants.audit import record
from tenants.models import AuditEntry
from tenants.permissions import Permission
from tenants.spreadsheets import csv_text

PAGE: Final = 50
MOST_EXPORTED: Final = 50_000

# What each action is called on the page. One that is missing shows its own name.
ACTIONS: Final[dict[str, Any]] = {
    "tenant.created": _("Business signed up"),
    "settings.changed": _("Settings changed"),
    "block.made": _("Blocked"),
    "block.lifted": _("Unblocked"),
    "macro.created": _("Macro made"),
    "macro.changed": _("Macro changed"),
    "macro.removed": _("Macro removed"),
    "operator.invited": _("Operator invited"),
    "invitation.resent": _("Invitation sent again"),
    "invitation.revoked": _("Invitation taken back"),
    "invitation.accepted": _("Invitation accepted"),
    "operator.role_changed": _("Role changed"),
    "operator.workload_changed": _("Limit or languages changed"),
    "operator.availability_set": _("Status set by somebody else"),
    "operator.deactivated": _("Operator deactivated"),
    "operator.reactivated": _("Operator let in again"),
    "operator.logged_in": _("Logged in"),
    "operator.password_changed": _("Password changed"),
    "operator.email_changed": _("E-mail address changed"),
    "operator.second_factor_on": _("Two-step log-in turned on"),
    "operator.second_factor_off": _("Two-step log-in turned off"),
    "operator.recovery_codes_made": _("Recovery codes made"),
    "profile.changed": _("Profile changed"),
    "team.created": _("Team made"),
    "team.changed": _("Team changed"),
    "team.removed": _("Team removed"),
    "inbox.created": _("Inbox made"),
    "inbox.changed": _("Inbox changed"),
    "canned_reply.created": _("Canned reply made"),
    "canned_reply.changed": _("Canned reply changed"),
    "canned_reply.removed": _("Canned reply removed"),
    "view.created": _("Shared view made"),
    "view.changed": _("Shared view changed"),
    "view.removed": _("Shared view removed"),
    "view.ordered": _("Shared views put in order"),
    "article.created": _("Article made"),
    "article.changed": _("Article changed"),
    "article.text_changed": _("Article written"),
    "article.text_removed": _("Language of an article removed"),
    "article.published": _("Article published"),
    "article.unpublished": _("Article taken back to draft"),
    "article.removed": _("Article removed"),
    "article.restored": _("Article brought back"),
    "article_category.created": _("Article category made"),
    "article_category.changed": _("Article category changed"),
    "article_category.removed": _("Article category removed"),
    "article_image.uploaded": _("Picture of an article uploaded"),
    "tag.created": _("Tag made"),
    "tag.changed": _("Tag changed"),
    "tag.removed": _("Tag removed"),
    "api_key.created": _("API key made"),
    "api_key.rotated": _("API key rotated"),
    "api_key.revoked": _("API key revoked"),
    "identity_key.created": _("Identity key made"),
    "identity_key.revoked": _("Identity key revoked"),
    "mail.retried": _("Mail sent again"),
    "mail.given_up": _("Mail given up"),
    "report_mail.stopped": _("Report mails stopped"),
    "audit.exported": _("Audit log exported"),
    "report.exported": _("Report exported"),
}


class AuditFilterForm(PageForm):
    """All optional; dates are days of the person's time zone, both included."""

    who = forms.CharField(label=_("Who"), max_length=100, required=False)
    action = forms.ChoiceField(
        label=_("What"), required=False, choices=lambda: [("", _("Anything")), *ACTIONS.items()]
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}))

    def entries(self) -> QuerySet[AuditEntry]:
        """Return the entries the filter lets through, the newest first; all of them when it is wrong."""
        entries = AuditEntry.objects.order_by("-created_at", "-id")
        if not self.is_valid():
            return entries
        data = self.cleaned_data
        if data["who"]:
            entries = entries.filter(actor_name__icontains=data["who"])
        if data["action"]:
            entries = entries.filter(action=data["action"])
        if data["since"]:
            entries = entries.filter(created_at__gte=_midnight(data["since"]))
        if data["until"]:
            entries = entries.filter(created_at__lt=_midnight(data["until"] + timedelta(days=1)))
        return entries


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(0), timezone.get_current_timezone())


@require_safe
@operator_page(Permission.READ_AUDIT)
def audit(request: OperatorRequest) -> HttpResponse:
    """Show one page of the log."""
    form = AuditFilterForm(request.GET)
    entries = _after(form.entries(), request.GET.get("after", ""))
    shown = list(entries[: PAGE + 1])
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "form": form,
        "entries": [
            (entry, ACTIONS.get(entry.action, entry.action), _changes(entry)) for entry in shown[:PAGE]
        ],
        "next": shown[PAGE - 1].pk if len(shown) > PAGE else None,
        "query": query.urlencode(),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "is_later_page": "after" in request.GET,
    }
    return render(request, "operators/settings/audit.html", context)


@require_safe
@operator_page(Permission.READ_AUDIT)
def export_audit(request: OperatorRequest) -> HttpResponse:
    """Download what the filter lets through; the export is an entry itself."""
    form = AuditFilterForm(request.GET)
    rows = [
        (
            entry.created_at.isoformat(),
            entry.actor_name,
            entry.actor,
            entry.action,
            entry.target,
            json.dumps(entry.changes, ensure_ascii=False),
            entry.address,
        )
        for entry in form.entries()[:MOST_EXPORTED]
    ]
    record(actor=request.actor, action="audit.exported", changes={"rows": [None, len(rows)]})
    header = ("time", "name", "actor", "action", "target", "changes", "address")
    response = HttpResponse(csv_text(header=header, rows=rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="parley-audit.csv"'
    return response


def _after(entries: QuerySet[AuditEntry], after: str) -> QuerySet[AuditEntry]:
    try:
        last = AuditEntry.objects.filter(pk=UUID(after)).first()
    except ValueError:
        last = None
    if last is None:
        return entries
    return entries.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk))


def _changes(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Return (field, before, after) of each change, as text; before is empty where there was nothing."""
    shown = []
    for name, value in entry.changes.items():
        is_pair = isinstance(value, list) and len(value) == 2
        before, after = value if is_pair else (None, value)
        if isinstance(before, dict) and isinstance(after, dict):
            inner = [key for key in {**before, **after} if before.get(key) != after.get(key)]
            shown += [(_words(key), _text(before.get(key)), _text(after.get(key))) for key in inner]
            continue
        shown.append((_words(name), _text(before), _text(after)))
    return shown


def _words(name: str) -> str:
    return name.replace("_", " ")


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
