"""Reading the knowledge base: which text a reader is shown, and the shapes of an article."""

from collections.abc import Iterable, Sequence
from typing import NotRequired, TypedDict
from uuid import UUID

from django.conf import settings

from conversations.article_nodes import NodeShape, Picture
from conversations.markdown import images_in, tree_of
from conversations.models import Article, ArticleCategory, ArticleImage, ArticleText
from conversations.text import direction_of
from tenants.events.registry import iso
from tenants.scoping import TenantId
from tenants.signing import article_image_path


class ArticleLineShape(TypedDict):
    """An article in a list: what it is called, how it begins, in which language it can be read."""

    id: str
    language: str
    title: str
    excerpt: str
    category: str | None


class ArticleReadingShape(TypedDict):
    """An article to be read."""

    id: str
    language: str
    direction: str
    title: str
    category: str | None
    body: list[NodeShape]
    updated_at: str
    vote: NotRequired[bool | None]


def language_order(*languages: str) -> list[str]:
    """Return these languages first, in their order, then the others Parley speaks."""
    return list(dict.fromkeys([*languages, *(code for code, _name in settings.LANGUAGES)]))


def best_text(texts: Iterable[ArticleText], languages: Sequence[str]) -> ArticleText | None:
    """Return the text in the first of the languages there is one in."""
    by_language = {text.language: text for text in texts}
    return next((by_language[code] for code in languages if code in by_language), None)


def category_name(category: ArticleCategory | None, languages: Sequence[str]) -> str | None:
    """Return a category's name in the first of the languages it has one in; None without a category."""
    if category is None:
        return None
    names = category.names
    return next((str(names[code]) for code in languages if names.get(code)), None)


def lines_of(articles: Sequence[Article], languages: Sequence[str]) -> list[ArticleLineShape]:
    """Return articles as the lines of a list, in published texts; what has none is left out."""
    texts: dict[UUID, list[ArticleText]] = {}
    for text in ArticleText.objects.filter(article__in=articles, is_published=True).defer(
        "body", "search_text", "search_title"
    ):
        texts.setdefault(text.article_id, []).append(text)
    made: list[ArticleLineShape] = []
    for article in articles:
        shown = best_text(texts.get(article.pk, ()), languages)
        if shown is not None:
            made.append(
                {
                    "id": str(article.pk),
                    "language": shown.language,
                    "title": shown.title,
                    "excerpt": shown.excerpt,
                    "category": category_name(article.category, [shown.language, *languages]),
                }
            )
    return made


def published(*, article_id: UUID, languages: Sequence[str]) -> ArticleText | None:
    """Return the published text of an article in the first of the languages there is one in, with its article."""
    texts = ArticleText.objects.filter(article_id=article_id, is_published=True, article__removed_at=None)
    return best_text(texts.select_related("article__category"), languages)


def reading_shape(text: ArticleText, languages: Sequence[str]) -> ArticleReadingShape:
    """Return an article to be read, its body as nodes."""
    direction = direction_of(text.title)
    return {
        "id": str(text.article_id),
        "language": text.language,
        "direction": direction,
        "title": text.title,
        "category": category_name(text.article.category, [text.language, *languages]),
        "body": nodes_of(text.body),
        "updated_at": iso(text.updated_at),
    }


def nodes_of(body: str) -> list[NodeShape]:
    """Return the nodes of a body, with signed links to the pictures of this tenant that it names."""
    named = images_in(body)
    pictures: dict[UUID, Picture] = {}
    for image in ArticleImage.objects.filter(pk__in=named) if named else ():
        path = article_image_path(tenant_id=TenantId(image.tenant_id), image_id=image.pk)
        pictures[image.pk] = {"src": path, "width": image.width, "height": image.height}
    return tree_of(body, pictures=pictures)
