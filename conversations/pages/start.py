"""The checklist after a sign-up: from an empty inbox to a first conversation."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from conversations.models import Conversation, Inbox
from conversations.pages.settings.inboxes import links
from operators.models import Invitation, Operator
from operators.pages.access import OperatorRequest, operator_page
from tenants.permissions import Permission

TITLES: Final = {
    "install": _("Put the widget on your site"),
    "hello": _("Say hello as a visitor"),
    "answer": _("Answer from your inbox"),
    "invite": _("Invite a colleague"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Which steps are done, and where the widget was seen."""

    steps: dict[str, bool]
    seen_host: str

    @property
    def done(self) -> int:
        return sum(self.steps.values())


def progress() -> Progress:
    """Return how far the tenant of the scope has come."""
    seen = Inbox.objects.exclude(snippet_seen_at=None).order_by("-snippet_seen_at").first()
    has_company = Invitation.objects.exists() or Operator.objects.count() > 1
    return Progress(
        steps={
            "install": seen is not None,
            "hello": Conversation.objects.exists(),
            "answer": Conversation.objects.exclude(first_reply_at=None).exists(),
            "invite": has_company,
        },
        seen_host=seen.snippet_seen_host if seen else "",
    )


@require_safe
@operator_page(Permission.WRITE_INBOXES)
def start(request: OperatorRequest) -> HttpResponse:
    """Show the checklist. Its script asks ``status`` again while it is open."""
    made = progress()
    widgets = Inbox.objects.filter(kind=Inbox.Kind.WIDGET).order_by("created_at", "pk")
    context: dict[str, Any] = {
        "steps": [
            {"key": key, "title": TITLES[key], "is_done": is_done, "number": number}
            for number, (key, is_done) in enumerate(made.steps.items(), start=1)
        ],
        "done": made.done,
        "total": len(made.steps),
        "seen_host": made.seen_host,
        "inboxes": [links(inbox) for inbox in widgets],
        "next_step": next((key for key, is_done in made.steps.items() if not is_done), None),
    }
    return render(request, "conversations/start.html", context)


@require_safe
@operator_page(Permission.WRITE_INBOXES)
def status(request: OperatorRequest) -> HttpResponse:
    """Return {"steps": {key: done}, "seen_host"} for the checklist's script."""
    made = progress()
    return JsonResponse({"steps": made.steps, "seen_host": made.seen_host})
