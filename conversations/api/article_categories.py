"""The categories of articles."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from conversations.actions.manage_article_categories import (
    change_article_category,
    create_article_category,
    remove_article_category,
)
from conversations.api import article_bodies as bodies
from conversations.api import article_shapes as shapes
from conversations.api.articles import CHAPTER, READ, WRITE
from conversations.models import ArticleCategory
from tenants.api.fields import PageQuery
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView


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
