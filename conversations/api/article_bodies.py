"""What the requests about articles may carry."""

from typing import Any

from rest_framework import serializers

from conversations.actions.manage_article_categories import MAX_NAME
from conversations.actions.manage_articles import MAX_ORDER
from conversations.actions.write_article import MAX_BODY, MAX_SLUG, MAX_TITLE
from conversations.api.bodies import LANGUAGES
from conversations.article_pages import MAX_PATTERN, MAX_PATTERNS
from tenants.api.fields import Body, Id, PageQuery, QueryFlag, Text, Whole


class ArticleQuery(PageQuery):
    q = Text(required=False, max_length=200, help_text="Words of a title or a body, in any language.")
    category = Id(required=False)
    language = serializers.ChoiceField(
        choices=LANGUAGES, required=False, help_text="Those with a text in this language."
    )
    is_published = QueryFlag(required=False, help_text="Whether anything of it (in `language`) is published.")


def _pages(**options: Any) -> serializers.ListField:
    return serializers.ListField(
        child=Text(max_length=MAX_PATTERN),
        max_length=MAX_PATTERNS,
        help_text="Where it is suggested: paths like `/delivery*`, or `shop.example/checkout/*`.",
        **options,
    )


class CreateArticle(Body):
    category_id = Id(required=False, allow_null=True, default=None)
    order = Whole(default=0, min_value=0, max_value=MAX_ORDER, help_text="Among the others of its category.")
    pages = _pages(required=False)


class ChangeArticle(Body):
    category_id = Id(required=False, allow_null=True)
    order = Whole(required=False, min_value=0, max_value=MAX_ORDER)
    pages = _pages(required=False)


class WriteText(Body):
    title = Text(max_length=MAX_TITLE)
    body = Text(
        default="",
        allow_blank=True,
        max_length=MAX_BODY,
        trim_whitespace=False,
        help_text="Markdown: headings, lists, links, quotes, code; a picture is `![what it shows](image:ID)`.",
    )
    slug = Text(
        required=False, max_length=MAX_SLUG, help_text="Of its address. Without it, made from the title."
    )


def _names(**options: Any) -> serializers.DictField:
    return serializers.DictField(
        child=Text(max_length=MAX_NAME, allow_blank=True), help_text="The name by language.", **options
    )


class CreateArticleCategory(Body):
    names = _names()
    order = Whole(default=0, min_value=0, max_value=MAX_ORDER)


class ChangeArticleCategory(Body):
    names = _names(required=False)
    order = Whole(required=False, min_value=0, max_value=MAX_ORDER)
