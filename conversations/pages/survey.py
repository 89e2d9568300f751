"""The survey a mail leads to: five faces and a comment. A look, or a mail scanner's, changes nothing."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from conversations.actions.rate import rate
from conversations.mail_links import rating_of_link
from conversations.models import Conversation, Rating
from conversations.pages.linked import linked_page, problem_text, shown
from conversations.survey import FACES
from conversations.visitors import contact_actor
from tenants.clock import now
from tenants.errors import BadRequest, Conflict, Expired, NotFound, TooLarge
from tenants.models import Tenant


@linked_page(rating_of_link)
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    """Show the survey; POST answers it. ``?score=`` only chooses a face beforehand."""
    rating = _found(rating_id)
    conversation: Conversation = rating.conversation
    context: dict[str, Any] = {
        "tenant": Tenant.objects.get(pk=rating.tenant_id),
        "faces": FACES,
        "score": rating.score or _score(request.GET.get("score")),
        "comment": rating.comment,
        "is_answered": bool(rating.comment),
        "limit": 1000,
    }
    status = 200
    if request.method == "POST":
        with translation.override(conversation.language):
            status = _answer(request, rating, context)
    return shown(request, "conversations/survey.html", context, language=conversation.language, status=status)


def _found(rating_id: UUID) -> Rating:
    rating = (
        Rating.objects.select_related("conversation__contact", "conversation__inbox")
        .filter(pk=rating_id)
        .first()
    )
    if rating is None:
        raise NotFound()
    is_latest = rating.conversation.resolution_count == rating.resolution
    if rating.expires_at < now() or not is_latest:
        raise Expired()
    return rating


def _answer(request: HttpRequest, rating: Rating, context: dict[str, Any]) -> int:
    """Answer the survey and put what came of it into the page's context; returns the page's status."""
    conversation: Conversation = rating.conversation
    comment = request.POST.get("comment", "")
    score = _score(request.POST.get("score")) or 0
    context |= {"score": score or context["score"], "comment": comment}
    try:
        rate(
            actor=contact_actor(contact=conversation.contact, inbox=conversation.inbox),
            conversation_id=conversation.pk,
            score=score,
            comment=comment,
        )
    except (BadRequest, TooLarge) as error:
        context["problem"] = problem_text(error)
        return error.status
    except Conflict:
        context["is_answered"] = True
        return 200
    context |= {"is_thanked": True, "is_answered": bool(comment.strip())}
    return 200


def _score(text: str | None) -> int | None:
    return int(text) if text in {"1", "2", "3", "4", "5"} else None
