"""What a visitor with a token fetches: earlier messages, a copy of the conversation; and what they send: files."""

from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from conversations.actions.upload_attachment import upload_attachment
from conversations.drafts import uuid_of
from conversations.files import MAX_FILE
from conversations.inboxes.widget.door import as_visitor, slow_down
from conversations.inboxes.widget.transcript import transcript
from conversations.models import Inbox
from conversations.present import attachment_shape
from conversations.queries import messages_before, readable
from tenants.errors import BadRequest, TooLarge
from tenants.events import Audience
from tenants.models import Tenant
from tenants.permissions import Actor

# The parts of a form around the file itself.
FORM_OVERHEAD = 64 * 1024


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name)
    if given is None:
        return None
    if not given.isdecimal() or len(given) > 18:
        raise BadRequest(errors={name: [_("This must be a whole number.")]})
    return int(given)


@as_visitor
@require_safe
def messages(request: HttpRequest, actor: Actor, conversation_id: UUID) -> HttpResponseBase:
    """``GET /widget/conversations/ID/messages?before=POSITION&limit=50``: oldest first, and whether there are more."""
    readable(actor=actor, conversation_id=conversation_id)
    found, has_more = messages_before(
        conversation_id=conversation_id,
        audience=Audience.CONTACT,
        before=_number(request, "before"),
        limit=_number(request, "limit") or 50,
    )
    response = JsonResponse({"messages": found, "has_more": has_more})
    response["Cache-Control"] = "no-store"
    return response


@as_visitor
@require_safe
def copy(request: HttpRequest, actor: Actor, conversation_id: UUID) -> HttpResponseBase:
    """``GET /widget/conversations/ID/transcript?zone=Europe/Vilnius``: the conversation as a text file."""
    conversation = readable(actor=actor, conversation_id=conversation_id)
    slow_down(f"transcript:{conversation_id.hex}", rate=0.2, burst=10)
    zone = request.GET.get("zone", "")
    if zone not in available_timezones():
        zone = Tenant.objects.get(pk=actor.tenant_id).time_zone
    title = Inbox.objects.get(pk=conversation.inbox_id).name
    text = transcript(conversation=conversation, title=title, zone=ZoneInfo(zone))
    response = HttpResponse("\ufeff" + text, content_type="text/plain; charset=utf-8")
    name = f"{slugify(title) or 'chat'}-{conversation.created_at:%Y-%m-%d}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@as_visitor
@require_POST
def _upload(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    slow_down(f"upload:{actor.id}", rate=0.5, burst=30)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_FILE + FORM_OVERHEAD:
        raise TooLarge()
    conversation_id = uuid_of(request.POST.get("conversation_id"))
    file = request.FILES.get("file")
    if file is None or conversation_id is None:
        raise BadRequest(errors={"file": [_("Choose a file.")]})
    if (file.size or 0) > MAX_FILE:
        raise TooLarge()
    attachment = upload_attachment(
        actor=actor, conversation_id=conversation_id, name=file.name or "", content=file.read()
    )
    return JsonResponse(attachment_shape(attachment), status=201)


# ``POST /widget/upload``: one file, kept until the message it belongs to is sent. The token is no cookie: no CSRF.
upload = csrf_exempt(_upload)
