"""Categories sort articles, and readers say whether they helped."""

import pytest

from conversations.actions.manage_article_categories import (
    change_article_category,
    create_article_category,
    remove_article_category,
)
from conversations.actions.vote_article import vote_article
from conversations.models import ArticleCategory, ArticleVote
from tenants.errors import BadRequest, NotFound, PermissionDenied
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, make_visitor
from tests.conversations.articles import an_article, fresh, write

pytestmark = pytest.mark.django_db


def test_a_category_is_named_in_some_language_and_leaves_its_articles_behind(cast: Cast) -> None:
    bob = cast.bob.actor
    with tenant_scope(TenantId(cast.acme.pk)):
        category = create_article_category(
            actor=bob, names={"en": " Delivery ", "fa": "", "lt": "Pristatymas"}
        )
        assert category.names == {"en": "Delivery", "lt": "Pristatymas"}
        for wrong in ({}, {"en": " "}, {"de": "Versand"}, {"en": "x" * 81}):
            with pytest.raises(BadRequest) as caught:
                change_article_category(actor=bob, category_id=category.pk, names=wrong)
            assert list(caught.value.errors) == ["names"]
    article = an_article(cast.acme, category_id=category.pk)
    with tenant_scope(TenantId(cast.acme.pk)):
        remove_article_category(actor=bob, category_id=category.pk)
        assert fresh(article).category_id is None
        assert ArticleCategory.objects.count() == 0


def test_a_visitors_vote_counts_once_and_the_last_one_stands(cast: Cast) -> None:
    article = an_article(cast.acme)
    write(cast.acme, article, "تحویل", "دو روز", language="fa")
    vera, walt = cast.vera.actor, make_visitor(cast.acme_widget, name="Walt").actor
    with tenant_scope(TenantId(cast.acme.pk)):
        for _ in range(2):
            vote_article(actor=vera, article_id=article.pk, language="en", is_helpful=True)
        vote_article(actor=walt, article_id=article.pk, language="fa", is_helpful=True)
        assert (fresh(article).yes_count, fresh(article).no_count) == (2, 0)
        vote_article(actor=vera, article_id=article.pk, language="en", is_helpful=False)
        assert (fresh(article).yes_count, fresh(article).no_count) == (1, 1)
        assert ArticleVote.objects.count() == 2


def test_nobody_votes_on_a_draft_and_operators_do_not_vote(cast: Cast) -> None:
    draft = an_article(cast.acme, is_published=False)
    with tenant_scope(TenantId(cast.acme.pk)):
        with pytest.raises(NotFound):
            vote_article(actor=cast.vera.actor, article_id=draft.pk, language="en", is_helpful=True)
        with pytest.raises(PermissionDenied):
            vote_article(actor=cast.bob.actor, article_id=draft.pk, language="en", is_helpful=True)
        assert ArticleVote.objects.count() == 0
