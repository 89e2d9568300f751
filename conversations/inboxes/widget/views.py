"""What the widget fetches before it has a token: the loader, the panel, its second half, a session."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from conversations.actions.open_session import Visit, open_session
from conversations.inbox_settings import with_defaults
from conversations.inboxes.widget.answers import script_json, shared_answer
from conversations.inboxes.widget.bundle import bundle
from conversations.inboxes.widget.config import NAMES, languages_of, loader_config
from conversations.inboxes.widget.documents import panel_document, panel_policy
from conversations.inboxes.widget.door import opens_own_scope, slow_down
from conversations.inboxes.widget.finding import inbox_by_key
from conversations.inboxes.widget.forms import forms
from conversations.inboxes.widget.origins import frame_ancestors, host_of, may_embed
from conversations.inboxes.widget.snippet import note_snippet
from conversations.links import contact_of_link
from conversations.whereabouts import public_url
from tenants.errors import BadRequest, NotFound, PermissionDenied
from tenants.events.registry import iso
from tenants.http import request_address

MAX_BODY = 16 * 1024
SCRIPT = "text/javascript; charset=utf-8"
# Any page may load the script; what it may do is decided by the panel's own headers.
FOR_EVERY_SITE = {"Cross-Origin-Resource-Policy": "cross-origin"}


@opens_own_scope
@require_safe
def loader(request: HttpRequest) -> HttpResponseBase:
    """``/widget.js?inbox=KEY``: the loader with one inbox's configuration in front."""
    try:
        with inbox_by_key(request.GET.get("inbox", "")) as inbox:
            config = loader_config(inbox)
            note_snippet(inbox, host=host_of(request.headers.get("Referer", "")))
    except NotFound:
        # Still a script: an error page would only confuse the console of the site that asked.
        response = shared_answer(
            request, "// There is no such inbox.\n", content_type=SCRIPT, cache_control="no-store",
            headers=FOR_EVERY_SITE,
        )  # fmt: skip
        response.status_code = 404
        return response
    age = 60 if "hidden" in config else 300
    return shared_answer(
        request,
        f"{{const __PARLEY__={script_json(config)};{bundle().loader.strip()}}}\n",
        content_type=SCRIPT,
        cache_control=f"public, max-age={age}, stale-while-revalidate=86400",
        headers=FOR_EVERY_SITE,
    )


@opens_own_scope
@xframe_options_exempt
@require_safe
def panel(request: HttpRequest, key: str, language: str) -> HttpResponseBase:
    """``/widget/KEY/LANGUAGE/``: the panel, for a frame on one of the inbox's sites."""
    with inbox_by_key(key) as inbox:
        if language not in languages_of(inbox):
            raise NotFound()
        text = panel_document(inbox, language=language, mode="frame")
        policy = panel_policy(frame_ancestors=frame_ancestors(inbox))
    return shared_answer(
        request,
        text,
        content_type="text/html; charset=utf-8",
        cache_control="public, max-age=300",
        headers={"Content-Security-Policy": policy, "Content-Language": language, **FOR_EVERY_SITE},
    )


@opens_own_scope
@require_safe
def more(request: HttpRequest, version: str) -> HttpResponseBase:
    """``/widget/more/VERSION.js``: the panel's second half.

    Beside it lie ``VERSION.screens.js``, which shows the home and articles, and ``poll.js``, for where sockets are
    blocked.
    """
    built = bundle()
    if version == "poll":
        return shared_answer(request, built.poll, content_type=SCRIPT, cache_control="public, max-age=300")
    number, _dot, part = version.partition(".")
    return shared_answer(
        request,
        built.screens if part == "screens" else built.more,
        content_type=SCRIPT,
        cache_control="public, max-age=31536000, immutable" if number == built.version else "no-store",
    )


def _body(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > MAX_BODY:
        raise BadRequest()
    try:
        made = json.loads(request.body or b"{}")
    except ValueError as error:
        raise BadRequest() from error
    if not isinstance(made, dict):
        raise BadRequest()
    return made


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


@opens_own_scope
@csrf_exempt
@require_POST
def session(request: HttpRequest, key: str) -> HttpResponseBase:
    """``POST /widget/KEY/session``: exchange a handle or a link for a token and a new handle."""
    own = {settings.PARLEY_WIDGET_ORIGIN, settings.PARLEY_ORIGIN}
    if request.headers.get("Origin", next(iter(own))).rstrip("/") not in own:
        raise PermissionDenied()
    address = request_address(request) or ""
    slow_down(f"session:{address}", rate=0.5, burst=60)
    body = _body(request)
    page: dict[str, Any] = body["page"] if isinstance(body.get("page"), dict) else {}
    language = _text(body.get("language"))
    with inbox_by_key(key) as inbox, translation.override(language if language in NAMES else inbox.language):
        host = host_of(_text(page.get("url")))
        if host and not may_embed(inbox, host):
            raise PermissionDenied()
        link = _text(body.get("link"))
        handle = _text(body.get("handle"))[:200]
        contact_id = contact_of_link(inbox=inbox, token=link) if link else None
        if not link and not handle:
            # Strangers only: somebody who comes back is not slowed down by an office that shares an address.
            slow_down(f"visitor:{inbox.pk.hex}:{address}", rate=30 / 3600, burst=60)
        note_snippet(inbox, host=host)
        opened = open_session(
            inbox=inbox,
            handle=handle,
            contact_id=contact_id,
            visit=Visit(
                url=public_url(_text(page.get("url")), length=2000),
                title=_text(page.get("title")),
                referrer=public_url(_text(page.get("referrer")), length=2000),
                user_agent=request.headers.get("User-Agent", ""),
                address=address,
                language=language if language in NAMES else "",
            ),
        )
        asked = forms(
            languages=languages_of(inbox), asks_language=with_defaults(inbox.settings)["ask_language"]
        )
    response = JsonResponse(
        {
            "token": opened.token,
            "handle": opened.handle,
            "forms": asked,
            "expires_at": iso(opened.expires_at),
            "contact": {
                "id": str(opened.contact.pk),
                "name": opened.contact.name,
                "email": opened.contact.email,
            },
        },
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "no-store"
    return response
