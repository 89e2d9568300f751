"""The knowledge base: articles, what they say in each language, their categories and pictures."""

from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from conversations.actions import manage_articles, write_article
from conversations.actions.manage_article_categories import (
    change_article_category,
    create_article_category,
    remove_article_category,
)
from conversations.actions.upload_article_image import upload_article_image
from conversations.api import article_bodies as bodies
from conversations.api import article_shapes as shapes
from conversations.article_search import MAX_MATCHES, search_articles
from conversations.files import MAX_IMAGE
from conversations.models import Article, ArticleCategory, ArticleText
from tenants.api.fields import PageQuery
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.errors import BadRequest, NotFound
from tenants.permissions import Permission

CHAPTER: Final = "Articles"
READ: Final = Permission.READ_CONVERSATIONS
WRITE: Final = Permission.WRITE_ARTICLES
IMAGE_FORM: Final = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}


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


class ArticleTextDetail(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "write_article_text",
        "Write an article in a language",
        permission=WRITE,
        body=bodies.WriteText,
        gives=shapes.ArticleTextShape,
        refuses=(404, 409),
    )
    def put(self, request: Request, article_id: UUID, language: str, body: dict[str, Any]) -> Any:
        """The first time it is a draft. What is published stays so, with the new text."""
        text = write_article.write_text(actor=self.actor, article_id=article_id, language=language, **body)
        return shapes.text_shape(text)

    @operation(
        "remove_article_text",
        "Remove a language of an article",
        permission=WRITE,
        refuses=(404,),
    )
    def delete(self, request: Request, article_id: UUID, language: str) -> Any:
        write_article.remove_text(actor=self.actor, article_id=article_id, language=language)


class PublishArticleText(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "publish_article_text",
        "Publish an article in a language",
        permission=WRITE,
        gives=shapes.ArticleTextShape,
        refuses=(404,),
    )
    def post(self, request: Request, article_id: UUID, language: str) -> Any:
        """From now on visitors find it."""
        return shapes.text_shape(
            write_article.publish_text(actor=self.actor, article_id=article_id, language=language)
        )

    @operation(
        "unpublish_article_text",
        "Take an article in a language back",
        permission=WRITE,
        gives=shapes.ArticleTextShape,
        refuses=(404,),
    )
    def delete(self, request: Request, article_id: UUID, language: str) -> Any:
        """It is a draft again; nothing is lost."""
        return shapes.text_shape(
            write_article.unpublish_text(actor=self.actor, article_id=article_id, language=language)
        )


class ArticleCategoryList(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "list_article_categories",
        "List the categories of articles",
        permission=READ,
        query=PageQuery,
        gives=shapes.ArticleCategoryPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """In their order."""
        rows = ArticleCategory.objects.all()
        return listing(rows, order=("order", "pk"), query=query, shape=shapes.category_shape)

    @operation(
        "create_article_category",
        "Create a category of articles",
        permission=WRITE,
        body=bodies.CreateArticleCategory,
        gives=shapes.ArticleCategoryShape,
        status=201,
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        return shapes.category_shape(create_article_category(actor=self.actor, **body))


class ArticleCategoryDetail(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "change_article_category",
        "Rename or move a category of articles",
        permission=WRITE,
        body=bodies.ChangeArticleCategory,
        gives=shapes.ArticleCategoryShape,
        refuses=(404,),
    )
    def patch(self, request: Request, category_id: UUID, body: dict[str, Any]) -> Any:
        """`names` are all of them: a language that is left out has none."""
        return shapes.category_shape(
            change_article_category(actor=self.actor, category_id=category_id, **body)
        )

    @operation("remove_article_category", "Remove a category of articles", permission=WRITE, refuses=(404,))
    def delete(self, request: Request, category_id: UUID) -> Any:
        """Its articles stay, without a category."""
        remove_article_category(actor=self.actor, category_id=category_id)


class ArticleImageList(TenantAPIView):
    chapter = CHAPTER
    parser_classes = (MultiPartParser,)
    # The file, and the form around it.
    max_body = MAX_IMAGE + 64 * 1024

    @operation(
        "upload_article_image",
        "Upload a picture for articles",
        permission=WRITE,
        files=IMAGE_FORM,
        gives=shapes.ArticleImageShape,
        status=201,
    )
    def post(self, request: Request) -> Any:
        """PNG, JPEG, WebP or GIF up to 10 MB. Put the `markdown` of the answer into a body, with what it shows in
        the brackets."""
        form: Any = request.data
        file = form.get("file")
        if not isinstance(file, UploadedFile):
            raise BadRequest(errors={"file": [_("Choose a file.")]})
        image = upload_article_image(actor=self.actor, name=file.name or "", content=file.read(MAX_IMAGE + 1))
        return shapes.image_shape(image)
