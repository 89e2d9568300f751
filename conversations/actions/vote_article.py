"""What readers do to an article: read it, and say whether it helped."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from conversations.models import Article, ArticleText, ArticleVote
from tenants.errors import NotFound, PermissionDenied
from tenants.permissions import Actor, Permission, require


def count_view(*, article_id: UUID) -> None:
    """Count that somebody opened an article."""
    Article.objects.filter(pk=article_id).update(view_count=F("view_count") + 1)


@transaction.atomic
def vote_article(*, actor: Actor, article_id: UUID, language: str, is_helpful: bool) -> ArticleVote:
    """Note whether an article helped a contact. Whoever changes their mind is counted once, with the last answer.

    Raises PermissionDenied (contacts alone vote), NotFound (there is no such published text).
    """
    require(actor, Permission.RATE)
    if not actor.is_contact or actor.id is None:
        raise PermissionDenied()
    article = Article.objects.select_for_update().filter(pk=article_id, removed_at=None).first()
    if article is None or not _is_published(article, language):
        raise NotFound()
    vote = ArticleVote.objects.filter(article=article, contact_id=actor.id).first()
    if vote is not None and vote.is_helpful == is_helpful:
        return vote
    if vote is None:
        vote = ArticleVote(article=article, contact_id=actor.id)
    else:
        _count(article, is_helpful=vote.is_helpful, by=-1)
    vote.language, vote.is_helpful = language, is_helpful
    vote.save()
    _count(article, is_helpful=is_helpful, by=1)
    article.save(update_fields=["yes_count", "no_count"])
    return vote


def _is_published(article: Article, language: str) -> bool:
    return ArticleText.objects.filter(article=article, language=language, is_published=True).exists()


def _count(article: Article, *, is_helpful: bool, by: int) -> None:
    if is_helpful:
        article.yes_count += by
    else:
        article.no_count += by
