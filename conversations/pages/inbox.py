"""The inbox: a shell with the first list in it; the rest is the API and the socket that everybody has."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from conversations.models import CannedReply, Inbox, Macro, Tag
from conversations.pages.inbox_lists import wanted_list, wanted_order
from conversations.present import macro_shape, view_shape
from conversations.queries import (
    conversation_page,
    conversation_row,
    counts,
    messages_before,
)
from conversations.saved_views import visible_views
from operators.authentication import membership_of
from operators.models import Operator, Team
from operators.pages.access import OperatorRequest, operator_page
from tenants.errors import NotFound
from tenants.events import Audience
from tenants.permissions import Permission

FIRST_ROWS: Final = 50


@require_safe
@operator_page(Permission.READ_CONVERSATIONS)
def inbox(request: OperatorRequest, conversation_id: UUID | None = None) -> HttpResponse:
    """Answer with the console, opened at the list and the conversation that the address names."""
    first = conversation_page(wanted=wanted_list(request), sort=wanted_order(request), limit=FIRST_ROWS)
    boot = {
        **_people(request),
        **_vocabulary(request),
        "views": [view_shape(view) for view in visible_views(actor=request.operator.actor)],
        "counts": counts(actor=request.operator.actor),
        "rows": first.results,
        "next": first.next,
        "conversation": _conversation(conversation_id),
        "csrf_token": get_token(request),
        "language": translation.get_language() or "en",
        "languages": [code for code, _name in settings.LANGUAGES],
        "urls": _urls(),
    }
    return render(request, "conversations/inbox.html", {"boot": boot})


@require_safe
@operator_page(Permission.READ_CONVERSATIONS)
def inbox_counts(request: OperatorRequest) -> JsonResponse:
    """Answer with how many conversations each list holds."""
    return JsonResponse(counts(actor=request.operator.actor))


def _conversation(conversation_id: UUID | None) -> dict[str, Any] | None:
    if conversation_id is None:
        return None
    try:
        row = conversation_row(conversation_id=conversation_id)
    except NotFound:
        # The console says so in its own words, with the list beside it.
        return None
    messages, has_more = messages_before(conversation_id=conversation_id, audience=Audience.OPERATORS)
    return {"row": row, "messages": messages, "has_more": has_more}


def _people(request: OperatorRequest) -> dict[str, Any]:
    operator, tenant = request.operator, request.tenant
    membership = membership_of(request)
    return {
        "operator": {
            "id": str(operator.pk),
            "name": operator.display_name,
            "email": operator.user.email,
            "role": operator.role,
            "availability": operator.availability,
            "permissions": sorted(operator.actor.permissions),
        },
        "tenant": {
            "id": str(tenant.pk),
            "name": tenant.name,
            "calendar": tenant.calendar_for(translation.get_language() or "en"),
            "time_zone": tenant.time_zone,
        },
        "tenants": [
            {"id": str(one.tenant_id), "name": one.tenant.name, "operator_id": str(one.pk)}
            for one in (membership.operators if membership else ())
        ],
        "operators": [
            {"id": str(one.pk), "name": one.display_name, "availability": one.availability}
            for one in Operator.objects.filter(is_active=True).order_by("display_name")
        ],
        "teams": [
            {
                "id": str(team.pk),
                "name": team.name,
                "requires_tag": team.requires_tag,
                "member_ids": [str(one.operator_id) for one in team.memberships.all()],
            }
            for team in Team.objects.prefetch_related("memberships").order_by("name")
        ],
    }


def _vocabulary(request: OperatorRequest) -> dict[str, Any]:
    replies = CannedReply.objects.order_by("shortcut")
    return {
        "inboxes": [
            {
                "id": str(one.pk),
                "name": one.name,
                "kind": one.kind,
                "colour": one.setting("colour", ""),
            }
            for one in Inbox.objects.order_by("created_at")
        ],
        "tags": [
            {"id": str(tag.pk), "name": tag.name, "colour": tag.colour}
            for tag in Tag.objects.order_by("name")
        ],
        "macros": [
            macro_shape(one)
            for one in Macro.objects.filter(
                Q(team=None) | Q(team__memberships__operator=request.operator)
            ).order_by("name")
        ],
        "canned_replies": [
            {"id": str(one.pk), "shortcut": one.shortcut, "title": one.title, "text": one.text}
            for one in replies
        ],
    }


def _urls() -> dict[str, str]:
    return {
        "inbox": "/inbox/",
        "socket": settings.PARLEY_ORIGIN.replace("http", "ws", 1) + "/ws/operator/",
        "api": "/api/v1/",
        "counts": "/inbox/counts/",
        "reports": "/reports/",
        "settings": "/settings/",
        "start": "/start/",
        "profile": "/settings/profile/",
        "logout": "/accounts/logout/",
        "switch_tenant": "/switch/",
    }
