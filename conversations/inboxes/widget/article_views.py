"""The help of the widget: finding articles, reading one, and saying whether it helped.

What is published is for every visitor, so no token is asked for but to vote. A text is shown in the language of the
panel, else in the inbox's, else in any there is.
"""

import json
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from conversations.actions.vote_article import count_view, vote_article
from conversations.article_search import suggest_articles
from conversations.articles import language_order, lines_of, published, reading_shape
from conversations.inbox_settings import with_defaults
from conversations.inboxes.widget.answers import shared_answer
from conversations.inboxes.widget.config import languages_of
from conversations.inboxes.widget.door import as_visitor, opens_own_scope, slow_down
from conversations.inboxes.widget.finding import inbox_by_key
from conversations.models import Inbox
from tenants.errors import BadRequest, NotFound
from tenants.http import request_address
from tenants.permissions import Actor

JSON: Final = "application/json; charset=utf-8"
MAX_QUERY: Final = 200
MAX_URL: Final = 2000
MAX_BODY: Final = 1024


def _slow_down(request: HttpRequest) -> None:
    # A question for every few letters somebody types, and an office that shares an address.
    slow_down(f"articles:{request_address(request) or ''}", rate=10, burst=120)


def _languages(inbox: Inbox, language: str) -> list[str]:
    """Return the languages a text is looked for in, the best first. Raises NotFound for one not on offer."""
    if language not in languages_of(inbox):
        raise NotFound()
    return language_order(language, inbox.language)


@opens_own_scope
@require_safe
def articles(request: HttpRequest, key: str, language: str) -> HttpResponseBase:
    """``GET /widget/KEY/LANGUAGE/articles?query=&url=``: up to ten articles, the best first, and the help mode."""
    _slow_down(request)
    with inbox_by_key(key) as inbox:
        languages = _languages(inbox, language)
        found = suggest_articles(
            query=request.GET.get("query", "")[:MAX_QUERY],
            url=request.GET.get("url", "")[:MAX_URL],
            language=language,
        )
        mode = with_defaults(inbox.settings)["help_mode"]
        answer = {"mode": mode, "articles": lines_of(found, languages)}
    return _answer(request, answer, cache_control="public, max-age=60, stale-while-revalidate=600")


@opens_own_scope
@require_safe
def article(request: HttpRequest, key: str, language: str, article_id: UUID) -> HttpResponseBase:
    """``GET /widget/KEY/LANGUAGE/articles/ID``: an article as nodes (``conversations.markdown``); counts a view."""
    _slow_down(request)
    with inbox_by_key(key) as inbox:
        languages = _languages(inbox, language)
        text = published(article_id=article_id, languages=languages)
        if text is None:
            raise NotFound()
        answer = reading_shape(text, languages)
        if request.method == "GET":
            count_view(article_id=article_id)
    # Whoever comes back to it within five minutes is not counted again.
    return _answer(request, answer, cache_control="private, max-age=300")


def _answer(request: HttpRequest, answer: Mapping[str, object], *, cache_control: str) -> HttpResponseBase:
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return shared_answer(request, body, content_type=JSON, cache_control=cache_control, is_kept=False)


@as_visitor
@require_POST
def _vote(request: HttpRequest, actor: Actor, key: str, language: str, article_id: UUID) -> HttpResponseBase:
    slow_down(f"vote:{actor.id}", rate=0.2, burst=20)
    inbox = Inbox.objects.filter(key=key, is_enabled=True).first()
    if inbox is None or inbox.pk != actor.inbox_id:
        raise NotFound()
    text = published(article_id=article_id, languages=_languages(inbox, language))
    if text is None:
        raise NotFound()
    vote = vote_article(
        actor=actor, article_id=article_id, language=text.language, is_helpful=_is_helpful(request)
    )
    response = JsonResponse({"is_helpful": vote.is_helpful})
    response["Cache-Control"] = "no-store"
    return response


def _is_helpful(request: HttpRequest) -> bool:
    if len(request.body) > MAX_BODY:
        raise BadRequest()
    try:
        given = json.loads(request.body)
    except ValueError as error:
        raise BadRequest() from error
    if not isinstance(given, dict) or not isinstance(given.get("is_helpful"), bool):
        raise BadRequest()
    return bool(given["is_helpful"])


# ``POST /widget/KEY/LANGUAGE/articles/ID/vote`` with ``{"is_helpful": true}``: once per visitor, the
# last answer counts.
# The token is no cookie: no CSRF.
vote = csrf_exempt(_vote)
