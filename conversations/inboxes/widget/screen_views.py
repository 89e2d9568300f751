"""What the panel shows beside the chat: the home and what lies behind it, described for the visitor who asks."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from conversations.inboxes.widget.config import languages_of
from conversations.inboxes.widget.conversation_list import all_conversations
from conversations.inboxes.widget.door import as_visitor, slow_down
from conversations.inboxes.widget.help import article, found, while_typing
from conversations.inboxes.widget.home import home
from conversations.inboxes.widget.looking import Looking
from conversations.models import Contact, Inbox
from tenants.errors import NotFound
from tenants.permissions import Actor

MAX_QUERY: Final = 200
MAX_URL: Final = 2000


def _described(name: str, looking: Looking, query: str) -> dict[str, Any]:
    """Return a screen as ``nodes``, or what stands in places of one as ``slots``. Raises NotFound."""
    match name:
        case "home":
            return {"nodes": home(looking)}
        case "conversations":
            return {"nodes": all_conversations(looking)}
        case "found":
            return {"slots": found(looking, query)}
        case "typed":
            return {"slots": while_typing(looking, query)}
        case _:
            raise NotFound()


def _looking(request: HttpRequest, actor: Actor, key: str, language: str) -> Looking:
    """Return who asks. Raises NotFound for another inbox than the token's, or a language that is not on offer."""
    slow_down(f"screens:{actor.id}", rate=5, burst=100)
    inbox = Inbox.objects.filter(key=key, is_enabled=True).first()
    if inbox is None or inbox.pk != actor.inbox_id or language not in languages_of(inbox):
        raise NotFound()
    return Looking(
        inbox=inbox,
        contact=Contact.objects.get(pk=str(actor.id)),
        language=language,
        url=request.GET.get("url", "")[:MAX_URL],
        has_looked=bool(request.GET.get("looked") or request.GET.get("query")),
    )


def _answer(body: dict[str, Any]) -> HttpResponseBase:
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response


@as_visitor
@require_safe
def screen(request: HttpRequest, actor: Actor, key: str, language: str, name: str) -> HttpResponseBase:
    """``GET /widget/KEY/LANGUAGE/screens/NAME?url=&looked=&query=``: a screen, or what changes in one."""
    with translation.override(language):
        looking = _looking(request, actor, key, language)
        return _answer(_described(name, looking, request.GET.get("query", "")[:MAX_QUERY]))


@as_visitor
@require_safe
def article_screen(
    request: HttpRequest, actor: Actor, key: str, language: str, article_id: UUID
) -> HttpResponseBase:
    """``GET /widget/KEY/LANGUAGE/screens/articles/ID``: an article to be read; counts a view."""
    with translation.override(language):
        looking = _looking(request, actor, key, language)
        return _answer({"nodes": article(looking, article_id, is_counted=request.method == "GET")})
