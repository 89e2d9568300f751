"""Help in the panel, described: articles that were found, and one to be read."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.actions.vote_article import count_view
from conversations.article_search import suggest_articles
from conversations.articles import ArticleLineShape, language_order, lines_of, published, reading_shape
from conversations.inboxes.widget.described import Node, drawn
from conversations.inboxes.widget.looking import Looking, still_stuck
from conversations.models import ArticleText
from tenants.digits import own_digits
from tenants.errors import NotFound

SUGGESTED: Final = 5
WHILE_TYPING: Final = 3


def has_articles() -> bool:
    """Tell whether anything is published."""
    return ArticleText.objects.filter(is_published=True, article__removed_at=None).exists()


def finder(looking: Looking) -> list[Node]:
    """Return the field to search with and, below it, what may help on this page; nothing without articles."""
    suggested = _lines(looking, "", most=SUGGESTED)
    if not suggested:
        return []
    name = _("Search for help")
    field: Node = ["input", {"type": "search", "name": "query", "ask": "found", "dir": "auto", "maxLength": 200,
                             "aria-label": name, "placeholder": name, "autocomplete": "off"}]  # fmt: skip
    return [
        ["div", {"role": "search"}, field],
        ["p", {"class": "hidden", "role": "status", "slot": "count"}],
        ["div", {"class": "list", "slot": "found"}, *_items(suggested)],
    ]


def found(looking: Looking, query: str) -> dict[str, list[Node]]:
    """Return what stands in the places ``found`` and ``count`` for a query; without words, as at first."""
    words = query.strip()
    lines = _lines(looking, words, most=None if words else SUGGESTED)
    if not words:
        return {"found": _items(lines), "count": []}
    if lines:
        text = ngettext("%(n)s article found", "%(n)s articles found", len(lines)) % {"n": len(lines)}
        return {"found": [*_items(lines), *still_stuck(looking)], "count": [own_digits(text)]}
    nothing = _("Nothing found for “%(words)s”.") % {"words": words}
    return {
        "found": [["p", {"class": "empty", "dir": "auto"}, nothing], *still_stuck(looking)],
        "count": [nothing],
    }


def while_typing(looking: Looking, text: str) -> dict[str, list[Node]]:
    """Return what may answer a message before it is sent, for the place ``typed``: up to three articles."""
    lines = _lines(looking, text, most=WHILE_TYPING) if text.strip() else []
    return {"typed": [["h2", {}, _("This may help")], *_items(lines)] if lines else []}


def article(looking: Looking, article_id: UUID, *, is_counted: bool) -> list[Node]:
    """Return an article to be read, and whether it helped. Raises NotFound."""
    languages = language_order(looking.language, looking.inbox.language)
    text = published(article_id=article_id, languages=languages)
    if text is None:
        raise NotFound()
    shown = reading_shape(text, languages)
    if is_counted:
        count_view(article_id=article_id)
    its = {"lang": shown["language"], "dir": shown["direction"]}
    return [
        ["h2", {"tabIndex": -1, **its}, shown["title"]],
        ["div", {"class": "article", **its}, *drawn(shown["body"])],
        _question(article_id),
        *still_stuck(looking),
    ]


def _question(article_id: UUID) -> Node:
    slot = f"vote:{article_id.hex}"
    thanks = {slot: [_("Thank you for telling us.")]}

    def answer(word: str, *, is_helpful: bool) -> Node:
        vote: dict[str, Any] = {
            "path": f"articles/{article_id}/vote",
            "is_helpful": is_helpful,
            "slots": thanks,
        }
        return ["button", {"act": ["vote", vote]}, word]

    question: Node = ["span", {}, _("Did this help?")]
    answers = [answer(_("Yes"), is_helpful=True), answer(_("No"), is_helpful=False)]
    return ["div", {"class": "row", "role": "status", "slot": slot}, question, *answers]


def _lines(looking: Looking, query: str, *, most: int | None) -> list[ArticleLineShape]:
    articles = suggest_articles(query=query, url=looking.url, language=looking.language)
    return lines_of(articles[:most], language_order(looking.language, looking.inbox.language))


def _items(lines: Sequence[ArticleLineShape]) -> list[Node]:
    return [
        [
            "button",
            {"class": "item", "act": ["go", f"articles/{line['id']}"], "lang": line["language"]},
            ["b", {"dir": "auto"}, line["title"]],
            ["small", {"dir": "auto"}, line["excerpt"]],
        ]
        for line in lines
    ]
