"""The articles of the demo shop: a dozen, in four languages each, found by what visitors would type."""

import re
from random import Random

import pytest

from conversations.article_nodes import NodeShape
from conversations.article_search import suggest_articles
from conversations.articles import language_order, lines_of
from conversations.demo.articles import ARTICLES, CATEGORIES, texts_in, write_articles
from conversations.demo.scripts import LANGUAGES
from conversations.markdown import tree_of
from conversations.models import Article, ArticleText
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_article_is_written_in_every_language(language: str) -> None:
    assert list(texts_in(language)) == list(texts_in("en"))
    assert set(texts_in(language)) == set(ARTICLES)
    assert all(set(names) == set(LANGUAGES) for names in CATEGORIES.values())
    assert all(title and len(body) > 150 for title, body in texts_in(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_marks_of_the_original(language: str) -> None:
    def kinds(body: str) -> list[str]:
        return [node["type"] + str(len(children(node))) for node in tree_of(body) if node["type"] == "list"]

    def children(node: NodeShape) -> list[NodeShape]:
        return node.get("children", [])

    for key, (_title, body) in texts_in(language).items():
        original = texts_in("en")[key][1]
        assert kinds(body) == kinds(original), key
        assert len(re.findall(r"\*\*", body)) == len(re.findall(r"\*\*", original)), key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "typed", "key"),
    [
        ("en", "where is my order", "track"),
        ("en", "cup arrived broken", "broken"),
        ("lt", "kada atvyks siunta", "delivery"),
        ("lt", "grazinti preke", "returns"),
        ("fa", "سفارش كجاست", "track"),
        ("fa", "تلخ", "sencha"),
        ("ar", "اين طلبي", "track"),
        ("ar", "بطاقات الهدايا", "gift"),
    ],
)
def test_what_a_visitor_types_finds_the_article(cast: Cast, language: str, typed: str, key: str) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        write_articles(actor=system_actor(TenantId(cast.acme.pk)), random=Random(1))
        assert (Article.objects.count(), ArticleText.objects.filter(is_published=True).count()) == (12, 48)
        found = suggest_articles(query=typed, url="", language=language)
        titles = [line["title"] for line in lines_of(found, language_order(language))]
    assert titles[0] == texts_in(language)[key][0]
