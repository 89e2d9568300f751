"""Write an article in one language, publish it, take it back."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from conversations.actions.manage_articles import locked_article
from conversations.markdown import excerpt_of, plain_text
from conversations.models import Article, ArticleText
from conversations.text import clean, one_line
from tenants.audit import record
from tenants.clock import now
from tenants.digits import own_digits
from tenants.errors import BadRequest, Conflict, NotFound
from tenants.permissions import Actor, Permission, require

MAX_TITLE: Final = 150
MAX_BODY: Final = 30_000
MAX_SLUG: Final = 100


@transaction.atomic
def write_text(
    *, actor: Actor, article_id: UUID, language: str, title: str, body: str, slug: str = ""
) -> ArticleText:
    """Write what an article says in a language; the first time it is a draft.

    Without ``slug`` the one it has stays; a new text gets one made from its title.

    Raises PermissionDenied, NotFound, BadRequest naming each field that is wrong, Conflict (the slug is taken).
    """
    require(actor, Permission.WRITE_ARTICLES)
    article = locked_article(article_id)
    text = ArticleText.objects.filter(article=article, language=language).first()
    after = _checked(language=language, title=title, body=body, slug=slug)
    after["slug"] = after["slug"] or (text.slug if text else _free_slug(after["title"], language))
    made = text or ArticleText(article=article, language=language)
    if made.is_published and not after["body"]:
        raise BadRequest(errors={"body": [_("A published article must say something.")]})
    changed = [name for name, value in after.items() if text is None or getattr(text, name) != value]
    if not changed:
        return made
    changes: dict[str, Any] = {"language": [None, language]}
    for name in changed:
        # The body may be long: that it changed is enough.
        changes[name] = ["…", "…"] if name == "body" else [getattr(text, name, None), after[name]]
        setattr(made, name, after[name])
    made.excerpt = excerpt_of(made.body)
    made.refold(plain_text(made.body))
    made.updated_at = now()
    _save(made)
    _touch(article)
    record(actor=actor, action="article.text_changed", target=f"article:{article.pk}", changes=changes)
    return made


@transaction.atomic
def publish_text(*, actor: Actor, article_id: UUID, language: str) -> ArticleText:
    """Let everybody read a text. Raises PermissionDenied, NotFound, BadRequest (it says nothing)."""
    require(actor, Permission.WRITE_ARTICLES)
    article, text = _locked_text(article_id, language)
    if text.is_published:
        return text
    if not text.body:
        raise BadRequest(errors={"body": [_("Write something before you publish it.")]})
    text.is_published = True
    text.published_at = text.published_at or now()
    text.save(update_fields=["is_published", "published_at"])
    _touch(article)
    changes = {"language": [None, language], "title": [None, text.title]}
    record(actor=actor, action="article.published", target=f"article:{article.pk}", changes=changes)
    return text


@transaction.atomic
def unpublish_text(*, actor: Actor, article_id: UUID, language: str) -> ArticleText:
    """Make a text a draft again. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_ARTICLES)
    article, text = _locked_text(article_id, language)
    if not text.is_published:
        return text
    text.is_published = False
    text.save(update_fields=["is_published"])
    _touch(article)
    changes = {"language": [None, language], "title": [text.title, None]}
    record(actor=actor, action="article.unpublished", target=f"article:{article.pk}", changes=changes)
    return text


@transaction.atomic
def remove_text(*, actor: Actor, article_id: UUID, language: str) -> None:
    """Delete what an article says in one language. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_ARTICLES)
    article, text = _locked_text(article_id, language)
    changes = {"language": [language, None], "title": [text.title, None]}
    text.delete()
    _touch(article)
    record(actor=actor, action="article.text_removed", target=f"article:{article.pk}", changes=changes)


def _locked_text(article_id: UUID, language: str) -> tuple[Article, ArticleText]:
    article = locked_article(article_id)
    text = ArticleText.objects.filter(article=article, language=language).first()
    if text is None:
        raise NotFound()
    return article, text


def _touch(article: Article) -> None:
    article.updated_at = now()
    article.save(update_fields=["updated_at"])


def _checked(*, language: str, title: str, body: str, slug: str) -> dict[str, str]:
    made = {
        "title": one_line(clean(title), length=1000),
        "body": clean(body),
        "slug": slug_of(slug) if slug else "",
    }
    errors = {}
    if language not in dict(settings.LANGUAGES):
        raise NotFound()
    if not 0 < len(made["title"]) <= MAX_TITLE:
        errors["title"] = [own_digits(_("From 1 to %(limit)d characters.") % {"limit": MAX_TITLE})]
    if len(made["body"]) > MAX_BODY:
        errors["body"] = [own_digits(_("Up to %(limit)d characters.") % {"limit": MAX_BODY})]
    if slug and not made["slug"]:
        errors["slug"] = [_("Use letters, digits and dashes.")]
    if errors:
        raise BadRequest(errors=errors)
    return made


def slug_of(text: str) -> str:
    """Return the part of an address made from a title: letters of any script, digits, dashes."""
    return slugify(text.replace("\u200c", " "), allow_unicode=True)[:MAX_SLUG].strip("-")


def _free_slug(title: str, language: str) -> str:
    wanted = slug_of(title)[: MAX_SLUG - 5] or "article"
    taken = set(
        ArticleText.objects.filter(language=language, slug__startswith=wanted).values_list("slug", flat=True)
    )
    number = 1
    free = wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _save(text: ArticleText) -> None:
    try:
        with transaction.atomic():
            text.save()
    except IntegrityError as error:
        detail = _("Another article has this address already.")
        raise Conflict(detail, errors={"slug": [detail]}) from error
