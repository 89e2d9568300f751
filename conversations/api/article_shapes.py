"""Articles as the API answers them. Pure: whatever is needed was fetched before."""

from typing import TypedDict

from conversations.article_nodes import IMAGE
from conversations.models import Article, ArticleCategory, ArticleImage, ArticleText
from tenants.events.registry import iso


class ArticleTextHeadShape(TypedDict):
    """What an article is called in a language, and whether it can be read."""

    language: str
    title: str
    slug: str
    is_published: bool
    published_at: str | None
    updated_at: str


class ArticleTextShape(ArticleTextHeadShape):
    """``body`` is Markdown."""

    body: str


class ArticleRowShape(TypedDict):
    """An article in a list. ``yes_count`` and ``no_count``: how many readers it helped, or not."""

    id: str
    category_id: str | None
    order: int
    pages: list[str]
    author_name: str
    view_count: int
    yes_count: int
    no_count: int
    created_at: str
    updated_at: str
    texts: list[ArticleTextHeadShape]


class ArticleShape(TypedDict):
    """An article with all it says. ``yes_count`` and ``no_count``: how many readers it helped, or not."""

    id: str
    category_id: str | None
    order: int
    pages: list[str]
    author_name: str
    view_count: int
    yes_count: int
    no_count: int
    created_at: str
    updated_at: str
    texts: list[ArticleTextShape]


class ArticlePageShape(TypedDict):
    results: list[ArticleRowShape]
    next: str | None


class ArticleCategoryShape(TypedDict):
    """``names`` by language."""

    id: str
    names: dict[str, str]
    order: int


class ArticleCategoryPageShape(TypedDict):
    results: list[ArticleCategoryShape]
    next: str | None


class ArticleImageShape(TypedDict):
    """``markdown`` is what shows it in a body."""

    id: str
    name: str
    content_type: str
    size: int
    width: int
    height: int
    markdown: str


def head_shape(text: ArticleText) -> ArticleTextHeadShape:
    return {
        "language": text.language,
        "title": text.title,
        "slug": text.slug,
        "is_published": text.is_published,
        "published_at": iso(text.published_at) if text.published_at else None,
        "updated_at": iso(text.updated_at),
    }


def text_shape(text: ArticleText) -> ArticleTextShape:
    return {**head_shape(text), "body": text.body}


def article_row_shape(article: Article) -> ArticleRowShape:
    """Return an article whose texts are fetched."""
    texts = sorted(article.texts.all(), key=lambda text: text.language)
    return {
        "id": str(article.pk),
        "category_id": str(article.category_id) if article.category_id else None,
        "order": article.order,
        "pages": article.pages,
        "author_name": article.author_name,
        "view_count": article.view_count,
        "yes_count": article.yes_count,
        "no_count": article.no_count,
        "created_at": iso(article.created_at),
        "updated_at": iso(article.updated_at),
        "texts": [head_shape(text) for text in texts],
    }


def article_shape(article: Article) -> ArticleShape:
    texts = sorted(article.texts.all(), key=lambda text: text.language)
    return {**article_row_shape(article), "texts": [text_shape(text) for text in texts]}


def category_shape(category: ArticleCategory) -> ArticleCategoryShape:
    return {"id": str(category.pk), "names": category.names, "order": category.order}


def image_shape(image: ArticleImage) -> ArticleImageShape:
    return {
        "id": str(image.pk),
        "name": image.name,
        "content_type": image.content_type,
        "size": image.size,
        "width": image.width,
        "height": image.height,
        "markdown": f"![]({IMAGE}{image.pk})",
    }
