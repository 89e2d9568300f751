"""Saving what the page of an article sent: all its languages at once, or nothing."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from conversations.actions.manage_articles import change_article, create_article
from conversations.actions.write_article import publish_text, remove_text, unpublish_text, write_text
from conversations.models import Article
from conversations.pages.settings.article_form import ArticleForm
from tenants.errors import DomainError
from tenants.permissions import Actor


class _TextRefusedError(Exception):
    """A language's text was refused: nothing of the form is kept."""


def save_article(*, actor: Actor, article: Article | None, form: ArticleForm) -> Article | None:
    """Keep all of a form, or nothing of it: then its fields say why, and None is returned."""
    try:
        with transaction.atomic():
            if article is None:
                article = create_article(actor=actor, **form.sorting())
            else:
                change_article(actor=actor, article_id=article.pk, **form.sorting())
            _save_texts(actor, article.pk, form)
    except _TextRefusedError:
        return None
    except DomainError as error:
        form.take(error)
        return None
    return article


def _save_texts(actor: Actor, article_id: UUID, form: ArticleForm) -> None:
    sent = form.languages()
    for code, _name in settings.LANGUAGES:
        if code not in sent:
            if code in form.texts:
                remove_text(actor=actor, article_id=article_id, language=code)
            continue
        try:
            # A text that is to be a draft may be emptied; one that is to be public must say something first.
            if not form.cleaned_data[f"published_{code}"] and code in form.texts:
                unpublish_text(actor=actor, article_id=article_id, language=code)
            write_text(actor=actor, article_id=article_id, language=code, **form.text(code))
            if form.cleaned_data[f"published_{code}"]:
                publish_text(actor=actor, article_id=article_id, language=code)
        except DomainError as error:
            form.take_text(error, code)
            raise _TextRefusedError from error
