"""The knowledge base: articles. What they say is in ``article_texts``."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef
from rest_framework.request import Request

from conversations.actions import manage_articles
from conversations.api import article_bodies as bodies
from conversations.api import article_shapes as shapes
from conversations.article_search import MAX_MATCHES, search_articles
from conversations.models import Article, ArticleText
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.errors import NotFound
from tenants.permissions import Permission

CHAPTER: Final = "Articles"
READ: Final = Permission.READ_CONVERSATIONS
WRITE: Final = Permission.WRITE_ARTICLES


def found_article(article_id: UUID) -> Article:
    """Return an article with its texts. Raises NotFound."""
    found = Article.objects.filter(pk=article_id, removed_at=None).prefetch_related("texts").first()
    if found is None:
        raise NotFound()
    return found


class ArticleList(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "list_articles",
        "List or find articles",
        permission=READ,
        query=bodies.ArticleQuery,
        gives=shapes.ArticlePageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """Drafts too, the last changed first; without their bodies."""
        rows = Article.objects.filter(removed_at=None).prefetch_related("texts")
        if words := query.get("q"):
            rows = rows.filter(pk__in=search_articles(query=words, is_published=False, limit=MAX_MATCHES))
        if category_id := query.get("category"):
            rows = rows.filter(category_id=category_id)
        texts = ArticleText.objects.filter(article=OuterRef("pk"))
        if language := query.get("language"):
            texts = texts.filter(language=language)
            rows = rows.filter(Exists(texts))
        if (is_published := query.get("is_published")) is not None:
            has_some = Exists(texts.filter(is_published=True))
            rows = rows.filter(has_some if is_published else ~has_some)
        return listing(rows, order=("-updated_at", "-pk"), query=query, shape=shapes.article_row_shape)

    @operation(
        "create_article",
        "Create an article",
        permission=WRITE,
        body=bodies.CreateArticle,
        gives=shapes.ArticleShape,
        status=201,
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        """It says nothing yet: write a text in each language, then publish it."""
        made = manage_articles.create_article(actor=self.actor, **body)
        return shapes.article_shape(found_article(made.pk))


class ArticleDetail(TenantAPIView):
    chapter = CHAPTER

    @operation("get_article", "Get an article", permission=READ, gives=shapes.ArticleShape, refuses=(404,))
    def get(self, request: Request, article_id: UUID) -> Any:
        return shapes.article_shape(found_article(article_id))

    @operation(
        "change_article",
        "Sort an article elsewhere, or suggest it on other pages",
        permission=WRITE,
        body=bodies.ChangeArticle,
        gives=shapes.ArticleShape,
        refuses=(404,),
    )
    def patch(self, request: Request, article_id: UUID, body: dict[str, Any]) -> Any:
        manage_articles.change_article(actor=self.actor, article_id=article_id, **body)
        return shapes.article_shape(found_article(article_id))

    @operation("remove_article", "Remove an article", permission=WRITE, refuses=(404,))
    def delete(self, request: Request, article_id: UUID) -> Any:
        """It can be restored for 30 days."""
        manage_articles.remove_article(actor=self.actor, article_id=article_id)


class RestoreArticle(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "restore_article",
        "Bring a removed article back",
        permission=WRITE,
        gives=shapes.ArticleShape,
        refuses=(404,),
    )
    def post(self, request: Request, article_id: UUID) -> Any:
        """As it was, up to 30 days after it was removed."""
        manage_articles.restore_article(actor=self.actor, article_id=article_id)
        return shapes.article_shape(found_article(article_id))
