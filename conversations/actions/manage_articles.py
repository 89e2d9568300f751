"""Make, order, remove and bring back articles. What they say is written in ``write_article``."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.article_pages import checked_pages
from conversations.models import Article, ArticleCategory
from tenants.audit import record
from tenants.clock import now
from tenants.errors import BadRequest, NotFound
from tenants.permissions import Actor, Permission, require

# For so long a removed article can be brought back.
KEPT: Final = timedelta(days=30)
MAX_ORDER: Final = 100_000


@transaction.atomic
def create_article(
    *, actor: Actor, category_id: UUID | None = None, order: int = 0, pages: Sequence[str] = ()
) -> Article:
    """Make an article that says nothing yet: ``write_article.write_text`` gives it a text per language.

    Raises PermissionDenied, BadRequest naming each field that is wrong.
    """
    require(actor, Permission.WRITE_ARTICLES)
    fields = _checked({"category_id": category_id, "order": order, "pages": list(pages)})
    article = Article.objects.create(**fields, author=actor.reference, author_name=actor.name)
    record(actor=actor, action="article.created", target=f"article:{article.pk}")
    return article


@transaction.atomic
def change_article(*, actor: Actor, article_id: UUID, **fields: Any) -> Article:
    """Change any of ``category_id``, ``order`` and ``pages``.

    Raises PermissionDenied, NotFound, BadRequest naming each field that is wrong.
    """
    require(actor, Permission.WRITE_ARTICLES)
    article = locked_article(article_id)
    after = _checked(fields)
    changed = [name for name, value in after.items() if getattr(article, name) != value]
    if not changed:
        return article
    changes = {}
    for name in changed:
        pair = (getattr(article, name), after[name])
        changes[name] = [str(value) if isinstance(value, UUID) else value for value in pair]
        setattr(article, name, after[name])
    article.updated_at = now()
    article.save(update_fields=[*changed, "updated_at"])
    record(actor=actor, action="article.changed", target=f"article:{article.pk}", changes=changes)
    return article


@transaction.atomic
def remove_article(*, actor: Actor, article_id: UUID) -> None:
    """Take an article away from everybody; ``restore_article`` undoes it for 30 days.

    Raises PermissionDenied, NotFound.
    """
    require(actor, Permission.WRITE_ARTICLES)
    article = locked_article(article_id)
    article.removed_at = now()
    article.save(update_fields=["removed_at"])
    record(actor=actor, action="article.removed", target=f"article:{article.pk}", changes=_titles(article))


@transaction.atomic
def restore_article(*, actor: Actor, article_id: UUID) -> Article:
    """Bring a removed article back as it was; one that is there stays.

    Raises PermissionDenied, NotFound (also when it is gone for good).
    """
    require(actor, Permission.WRITE_ARTICLES)
    article = Article.objects.select_for_update().filter(pk=article_id).first()
    if article is None or (article.removed_at and article.removed_at < now() - KEPT):
        raise NotFound()
    if article.removed_at is None:
        return article
    article.removed_at = None
    article.save(update_fields=["removed_at"])
    record(actor=actor, action="article.restored", target=f"article:{article.pk}")
    return article


def forget_removed_articles() -> int:
    """Delete what was removed and not brought back within 30 days. Returns how many."""
    return Article.objects.filter(removed_at__lt=now() - KEPT).delete()[1].get("conversations.Article", 0)


def locked_article(article_id: UUID) -> Article:
    """Return an article that is there, locked. Raises NotFound."""
    article = Article.objects.select_for_update().filter(pk=article_id, removed_at=None).first()
    if article is None:
        raise NotFound()
    return article


def _titles(article: Article) -> dict[str, Any]:
    texts = article.texts.order_by("language").values_list("language", "title")
    return {language: [title, None] for language, title in texts}


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    made, errors = dict(given), {}
    if (category_id := given.get("category_id")) and not ArticleCategory.objects.filter(
        pk=category_id
    ).exists():
        errors["category_id"] = [_("There is no such category.")]
    if "order" in given and not 0 <= given["order"] <= MAX_ORDER:
        errors["order"] = [_("This must be a whole number.")]
    if errors:
        raise BadRequest(errors=errors)
    if "pages" in given:
        made["pages"] = checked_pages(given["pages"])
    return made
