"""Articles are written by those who may, per language, and leave a trail."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from conversations.actions.manage_article_categories import create_article_category
from conversations.actions.manage_articles import (
    change_article,
    create_article,
    forget_removed_articles,
    remove_article,
    restore_article,
)
from conversations.actions.write_article import publish_text, remove_text, unpublish_text, write_text
from conversations.models import Article, ArticleText
from tenants.errors import BadRequest, Conflict, NotFound, PermissionDenied
from tenants.models import AuditEntry
from tenants.permissions import Role
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, make_operator
from tests.conversations.articles import an_article, fresh

pytestmark = pytest.mark.django_db


def trail() -> list[str]:
    return list(AuditEntry.objects.order_by("created_at", "pk").values_list("action", flat=True))


def test_a_manager_writes_publishes_and_takes_back_and_each_is_audited(cast: Cast) -> None:
    mona = make_operator(cast.acme, name="Mona", role=Role.MANAGER).actor
    with tenant_scope(TenantId(cast.acme.pk)):
        article = create_article(actor=mona, pages=["/delivery*"])
        text = write_text(
            actor=mona, article_id=article.pk, language="lt", title=" Kada  atvyks? ", body="**Rytoj.**"
        )
        assert (text.title, text.slug, text.excerpt, text.is_published) == (
            "Kada atvyks?",
            "kada-atvyks",
            "Rytoj.",
            False,
        )
        assert publish_text(actor=mona, article_id=article.pk, language="lt").is_published
        assert not unpublish_text(actor=mona, article_id=article.pk, language="lt").is_published
        remove_text(actor=mona, article_id=article.pk, language="lt")
        assert ArticleText.objects.count() == 0
        assert trail() == [
            "article.created",
            "article.text_changed",
            "article.published",
            "article.unpublished",
            "article.text_removed",
        ]
        assert (article.author, article.author_name) == (mona.reference, "Mona")


def test_the_same_again_changes_nothing_and_leaves_no_trail(cast: Cast) -> None:
    article = an_article(cast.acme, "Delivery", "In two days.")
    with tenant_scope(TenantId(cast.acme.pk)):
        before = trail()
        bob = cast.bob.actor
        write_text(actor=bob, article_id=article.pk, language="en", title="Delivery", body="In two days.")
        publish_text(actor=bob, article_id=article.pk, language="en")
        change_article(actor=bob, article_id=article.pk, order=0)
        assert trail() == before


def test_an_operator_writes_nothing(cast: Cast) -> None:
    article = an_article(cast.acme)
    alice = cast.alice.actor
    with tenant_scope(TenantId(cast.acme.pk)):
        before = trail()
        for refused in (
            lambda: create_article(actor=alice),
            lambda: write_text(actor=alice, article_id=article.pk, language="en", title="x", body="x"),
            lambda: publish_text(actor=alice, article_id=article.pk, language="en"),
            lambda: unpublish_text(actor=alice, article_id=article.pk, language="en"),
            lambda: remove_text(actor=alice, article_id=article.pk, language="en"),
            lambda: remove_article(actor=alice, article_id=article.pk),
            lambda: create_article_category(actor=alice, names={"en": "x"}),
        ):
            with pytest.raises(PermissionDenied):
                refused()
        assert trail() == before
        assert Article.objects.count() == 1


def test_another_tenants_article_is_not_there(cast: Cast) -> None:
    article = an_article(cast.acme)
    mallory = make_operator(cast.globex, name="Max", role=Role.OWNER).actor
    with tenant_scope(TenantId(cast.globex.pk)):
        assert (Article.objects.count(), ArticleText.objects.count()) == (0, 0)
        for refused in (
            lambda: write_text(actor=mallory, article_id=article.pk, language="en", title="x", body="x"),
            lambda: publish_text(actor=mallory, article_id=article.pk, language="en"),
            lambda: remove_article(actor=mallory, article_id=article.pk),
            lambda: restore_article(actor=mallory, article_id=article.pk),
        ):
            with pytest.raises(NotFound):
                refused()
        assert trail() == []


def test_two_titles_that_are_the_same_get_two_addresses(cast: Cast) -> None:
    first, second = an_article(cast.acme, "Delivery"), an_article(cast.acme, "Delivery")
    with tenant_scope(TenantId(cast.acme.pk)):
        assert [one.texts.get().slug for one in (first, second)] == ["delivery", "delivery-2"]
        with pytest.raises(Conflict) as caught:
            write_text(
                actor=cast.bob.actor,
                article_id=second.pk,
                language="en",
                title="Delivery",
                body="x",
                slug="Delivery",
            )
        assert list(caught.value.errors) == ["slug"]


def test_a_persian_title_makes_a_persian_address(cast: Cast) -> None:
    article = an_article(cast.acme, "می‌خواهم پس بدهم", "۳۰ روز", language="fa")
    with tenant_scope(TenantId(cast.acme.pk)):
        assert article.texts.get().slug == "می-خواهم-پس-بدهم"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": " "}, ["title"]),
        ({"title": "x" * 151}, ["title"]),
        ({"body": "x" * 30_001}, ["body"]),
        ({"slug": "!?"}, ["slug"]),
    ],
)
def test_what_is_wrong_with_a_text_is_said_at_its_field(
    cast: Cast, fields: dict[str, str], named: list[str]
) -> None:
    article = an_article(cast.acme)
    given = {"title": "Title", "body": "Body", "slug": "", **fields}
    with tenant_scope(TenantId(cast.acme.pk)):
        with pytest.raises(BadRequest) as caught:
            write_text(actor=cast.bob.actor, article_id=article.pk, language="en", **given)
        assert list(caught.value.errors) == named
        assert article.texts.get().title == "Delivery"


def test_an_empty_article_is_not_published_and_a_published_one_is_not_emptied(cast: Cast) -> None:
    bob = cast.bob.actor
    draft = an_article(cast.acme, "Draft", "", is_published=False)
    live = an_article(cast.acme, "Live", "Words")
    with tenant_scope(TenantId(cast.acme.pk)):
        with pytest.raises(BadRequest):
            publish_text(actor=bob, article_id=draft.pk, language="en")
        with pytest.raises(BadRequest):
            write_text(actor=bob, article_id=live.pk, language="en", title="Live", body=" ")


def test_a_removed_article_comes_back_as_it_was_within_thirty_days(cast: Cast) -> None:
    bob = cast.bob.actor
    article = an_article(cast.acme)
    with tenant_scope(TenantId(cast.acme.pk)):
        remove_article(actor=bob, article_id=article.pk)
        with pytest.raises(NotFound):
            write_text(actor=bob, article_id=article.pk, language="en", title="x", body="x")
        restore_article(actor=bob, article_id=article.pk)
        assert article.texts.get().is_published
        assert fresh(article).removed_at is None
        assert trail()[-2:] == ["article.removed", "article.restored"]

        remove_article(actor=bob, article_id=article.pk)
        assert forget_removed_articles() == 0
        with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
            with pytest.raises(NotFound):
                restore_article(actor=bob, article_id=article.pk)
            assert forget_removed_articles() == 1
        assert (Article.objects.count(), ArticleText.objects.count()) == (0, 0)
