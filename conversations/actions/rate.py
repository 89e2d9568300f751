"""How it went: five faces and a comment."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.events import ConversationRated
from conversations.models import Conversation, Rating
from conversations.present import author_of
from conversations.text import clean
from conversations.thread import locked
from tenants.clock import now
from tenants.errors import BadRequest, Conflict, Expired, NotFound, TooLarge
from tenants.events import publish
from tenants.permissions import Actor, Permission, require

MAX_COMMENT = 1000


@transaction.atomic
def rate(*, actor: Actor, conversation_id: UUID, score: int, comment: str = "") -> Rating:
    """Answer the survey of the last resolution, 1 (worst) to 5 (best).

    A bare score may be changed until a comment is given, which locks it. The same answer again
    changes nothing.

    Raises:
        NotFound: no such conversation, or no survey was asked.
        BadRequest: a score outside 1 to 5.
        TooLarge: a comment over MAX_COMMENT characters.
        Expired: the survey closed.
        Conflict: it was answered with a comment already.
    """
    require(actor, Permission.RATE)
    if not 1 <= score <= 5:
        raise BadRequest(errors={"score": [_("Choose a score from 1 to 5.")]})
    comment = clean(comment)
    if len(comment) > MAX_COMMENT:
        raise TooLarge(_("A comment may have up to 1000 characters."))
    conversation = locked(actor=actor, conversation_id=conversation_id)
    rating = Rating.objects.filter(
        conversation=conversation, resolution=conversation.resolution_count
    ).first()
    if rating is None:
        raise NotFound(_("There is nothing to rate."))
    if rating.score == score and comment in ("", rating.comment):
        return rating
    if rating.expires_at < now():
        raise Expired(_("This survey has closed."))
    if rating.comment:
        raise Conflict(_("This was rated already. Thank you."))
    rating.score, rating.comment, rating.answered_at = score, comment, now()
    rating.save(update_fields=["score", "comment", "answered_at"])
    Conversation.objects.filter(pk=conversation.pk).update(rating_score=score)
    publish(
        ConversationRated(
            conversation_id=conversation.pk,
            score=score,
            comment=comment,
            resolution=rating.resolution,
            by=author_of(actor),
        )
    )
    return rating
