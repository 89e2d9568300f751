"""Make, rename, order and remove the categories of articles."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from conversations.actions.manage_articles import MAX_ORDER
from conversations.models import Article, ArticleCategory
from conversations.text import clean, one_line
from tenants.audit import record
from tenants.digits import own_digits
from tenants.errors import BadRequest, NotFound
from tenants.permissions import Actor, Permission, require

MAX_NAME: Final = 80


@transaction.atomic
def create_article_category(*, actor: Actor, names: Mapping[str, str], order: int = 0) -> ArticleCategory:
    """Make a category with a name in at least one language.

    Raises PermissionDenied, BadRequest naming each field that is wrong.
    """
    require(actor, Permission.WRITE_ARTICLES)
    category = ArticleCategory.objects.create(**_checked({"names": names, "order": order}))
    _record(actor, category, "article_category.created", {"names": [None, category.names]})
    return category


@transaction.atomic
def change_article_category(*, actor: Actor, category_id: UUID, **fields: Any) -> ArticleCategory:
    """Change ``names`` (all of them) or ``order``.

    Raises PermissionDenied, NotFound, BadRequest naming each field that is wrong.
    """
    require(actor, Permission.WRITE_ARTICLES)
    category = _locked(category_id)
    after = _checked(fields)
    changes = {
        name: [getattr(category, name), value]
        for name, value in after.items()
        if getattr(category, name) != value
    }
    if not changes:
        return category
    for name in changes:
        setattr(category, name, after[name])
    category.save(update_fields=list(changes))
    _record(actor, category, "article_category.changed", changes)
    return category


@transaction.atomic
def remove_article_category(*, actor: Actor, category_id: UUID) -> None:
    """Remove a category; its articles stay, without one. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_ARTICLES)
    category = _locked(category_id)
    _record(actor, category, "article_category.removed", {"names": [category.names, None]})
    Article.objects.filter(category=category).update(category=None)
    category.delete()


def _record(actor: Actor, category: ArticleCategory, action: str, changes: dict[str, Any]) -> None:
    record(actor=actor, action=action, target=f"article_category:{category.pk}", changes=changes)


def _locked(category_id: UUID) -> ArticleCategory:
    category = ArticleCategory.objects.select_for_update().filter(pk=category_id).first()
    if category is None:
        raise NotFound()
    return category


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    made, errors = dict(given), {}
    if "names" in given:
        made["names"], wrong = _names(given["names"])
        if wrong:
            errors["names"] = [wrong]
    if "order" in given and not 0 <= given["order"] <= MAX_ORDER:
        errors["order"] = [_("This must be a whole number.")]
    if errors:
        raise BadRequest(errors=errors)
    return made


def _names(given: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """Return the names by language, and what is wrong with them."""
    codes = [code for code, _name in settings.LANGUAGES]
    if not set(given) <= set(codes):
        return {}, _("Choose one of: %(codes)s.") % {"codes": ", ".join(codes)}
    named = {code: one_line(clean(str(given[code])), length=1000) for code in codes if given.get(code)}
    named = {code: name for code, name in named.items() if name}
    if not named:
        return {}, _("Write a name in at least one language.")
    if any(len(name) > MAX_NAME for name in named.values()):
        return {}, own_digits(_("Up to %(limit)d characters.") % {"limit": MAX_NAME})
    return named, ""
