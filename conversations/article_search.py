"""Finding articles: by words in any of the languages and keyboards, by the page one is on, by what is read most."""

import re
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from conversations.article_pages import matches
from conversations.models import Article, ArticleText
from conversations.text import words_of

MAX_FOUND: Final = 10
MAX_MATCHES: Final = 500
# So many articles may name pages.
MAX_WITH_PAGES: Final = 500
# Words of a sentence that tell something. Shorter ones have no trigram: looking one up reads the whole index (1.2 s
# with 3,000 articles, where others take 1 to 2 ms), so they count only where there are no others, and in titles.
_TELLING: Final = 3
# What Lithuanian and Persian words end in differs by case and number; so much of a long word is enough.
_STEM: Final = 5


def search_articles(
    *, query: str, language: str = "", is_published: bool = True, limit: int = MAX_FOUND
) -> list[UUID]:
    """Return the ids of the articles that hold every word of the query, else of those with half of them.

    Words are found as parts of words. A title counts before a body, then the reader's language, then what is read
    most. An empty query finds nothing.
    """
    given = list(dict.fromkeys(words_of(query)))
    words = [word for word in given if len(word) >= _TELLING]
    if not words:
        return _in_titles(given, is_published=is_published, limit=limit) if given else []
    found = _matching(words, len(words), language, is_published=is_published, limit=limit)
    if found:
        return found
    stems = list(dict.fromkeys(_stem(word) for word in words))
    return _matching(stems, (len(stems) + 1) // 2, language, is_published=is_published, limit=limit)


def suggest_articles(*, query: str, url: str, language: str) -> list[Article]:
    """Return up to ten published articles, the best first.

    With words: those that hold them, and among them those meant for the page first. Without: those meant for the page,
    then the most read.
    """
    if query.strip():
        ids = search_articles(query=query, language=language)
        found = {article.pk: article for article in _readable().filter(pk__in=ids)}
        articles = [found[pk] for pk in ids if pk in found]
        return sorted(articles, key=lambda article: not matches(article.pages, url))
    return _for_page(url) if url else list(_readable().order_by("-view_count", "order", "pk")[:MAX_FOUND])


def _for_page(url: str) -> list[Article]:
    most_read = list(_readable().order_by("-view_count", "order", "pk")[:MAX_FOUND])
    with_pages = _readable().exclude(pages=[]).order_by("order", "-view_count", "pk")[:MAX_WITH_PAGES]
    here = [article for article in with_pages if matches(article.pages, url)]
    ids = {article.pk for article in here}
    return [*here, *(article for article in most_read if article.pk not in ids)][:MAX_FOUND]


def _readable() -> QuerySet[Article]:
    """Articles with something published."""
    texts = ArticleText.objects.filter(article=OuterRef("pk"), is_published=True)
    return Article.objects.filter(Exists(texts), removed_at=None).select_related("category")


def _in_titles(words: list[str], *, is_published: bool, limit: int) -> list[UUID]:
    texts = ArticleText.objects.filter(article__removed_at=None)
    if is_published:
        texts = texts.filter(is_published=True)
    for word in words:
        texts = texts.filter(search_title__contains=word)
    found = texts.order_by("-article__view_count", "article_id").values_list("article_id", flat=True)
    return list(dict.fromkeys(found[: limit * 4]))[:limit]


def _stem(word: str) -> str:
    """Return the part of a word that its other forms share; roughly, it is a second chance."""
    word = re.sub(r"^(وال|ال)(?=\w{3})", "", word)
    return word[: max(_STEM, len(word) - 2)]


def _matching(words: list[str], least: int, language: str, *, is_published: bool, limit: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id FROM search_articles(%s, %s, %s, %s, %s)",
            [words, least, language, is_published, limit],
        )
        return [row[0] for row in cursor.fetchall()]
