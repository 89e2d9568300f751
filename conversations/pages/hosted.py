"""The chat as a page of its own: for businesses without a site, and where links in e-mails lead."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_supported_language_variant
from django.views.decorators.http import require_safe

from conversations.inboxes.widget.answers import shared_answer
from conversations.inboxes.widget.config import languages_of
from conversations.inboxes.widget.documents import panel_document, panel_policy
from conversations.inboxes.widget.door import opens_own_scope
from conversations.inboxes.widget.finding import inbox_by_key


def _wished(request: HttpRequest, known: list[str]) -> str:
    """Return the language asked for by the address, else the browser's first that the inbox speaks, else its own."""
    accepted = request.headers.get("Accept-Language", "").split(",")
    for wish in [request.GET.get("language", ""), *(part.split(";")[0].strip() for part in accepted)]:
        try:
            code = get_supported_language_variant(wish) if wish else ""
        except LookupError:
            continue
        if code in known:
            return code
    return known[0]


@opens_own_scope
@require_safe
def hosted(request: HttpRequest, key: str) -> HttpResponseBase:
    """``/c/KEY``. The ``t`` of a signed link is read, and taken out of the address, by the page itself."""
    with inbox_by_key(key) as inbox:
        language = _wished(request, languages_of(inbox))
        text = panel_document(inbox, language=language, mode="page")
    return shared_answer(
        request,
        text,
        content_type="text/html; charset=utf-8",
        cache_control="no-store",
        headers={
            "Content-Security-Policy": panel_policy(frame_ancestors="'none'"),
            "Referrer-Policy": "no-referrer",
        },
    )
