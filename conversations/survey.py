"""How it went, asked by e-mail when nobody was there to be asked in the widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from conversations.actions.resolve import RATING_OPEN
from conversations.mail_links import rating_url, unsubscribe_url
from conversations.models import Contact, Conversation, Rating
from conversations.presence import is_here, who_is_here
from tenants.clock import now
from tenants.mail import queue_mail
from tenants.models import OutgoingMail, Tenant
from tenants.scoping import current_tenant_id
from tenants.timers import set_timers

KIND: Final = "csat_mail"
PATIENCE: Final = timedelta(minutes=10)
# One contact is not asked by mail more often than this.
REST: Final = timedelta(days=7)
# Score, face, what it says. Old faces, which every system can draw.
FACES: Final = (
    (1, "😞", _("Very bad")),
    (2, "😕", _("Bad")),
    (3, "😐", _("Okay")),
    (4, "😊", _("Good")),
    (5, "😄", _("Very good")),
)
# Later than this nobody remembers what it was about (Parley was down, or the log is read again).
LATEST: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A conversation that was closed and may be rated."""

    conversation_id: UUID
    resolution: int
    at: datetime


def plan_surveys(resolved: Sequence[Resolved]) -> None:
    """Ask by mail in a while, unless the contact is there and asked in the widget."""
    asked = Rating.objects.filter(conversation__in=[one.conversation_id for one in resolved])
    ratings = {
        (conversation_id, resolution): (pk, contact_id)
        for conversation_id, resolution, pk, contact_id in asked.values_list(
            "conversation_id", "resolution", "pk", "conversation__contact_id"
        )
    }
    here = who_is_here(tenant_id=current_tenant_id(), kind="contact")
    due: dict[UUID, datetime] = {}
    for one in resolved:
        rating_id, contact_id = ratings.get((one.conversation_id, one.resolution), (None, None))
        if rating_id is not None and contact_id not in here:
            due[rating_id] = one.at + PATIENCE
    set_timers(kind=KIND, due=due)


def send_survey(rating_id: UUID) -> None:
    """Mail the survey, if it is still wanted: unanswered, the conversation closed, the contact away."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    rating = (
        Rating.objects.select_for_update(of=("self",))
        .select_related("conversation__contact")
        .filter(pk=rating_id, score=None, asked_at__gt=now() - LATEST)
        .first()
    )
    if rating is None or not tenant.csat_enabled or not _may_be_asked(rating):
        return
    conversation: Conversation = rating.conversation
    contact: Contact = conversation.contact
    rating.asked_by, rating.asked_at, rating.expires_at = "email", now(), now() + RATING_OPEN
    rating.save(update_fields=["asked_by", "asked_at", "expires_at"])
    queue_mail(
        to=contact.email,
        template="survey",
        kind=KIND,
        subject_id=rating.pk,
        language=conversation.language,
        from_name=tenant.name,
        context={
            "tenant_name": tenant.name,
            "topic": conversation.subject,
            "link": rating_url(rating=rating),
            "faces": FACES,
            "unsubscribe_url": unsubscribe_url(contact=contact),
        },
    )


def _may_be_asked(rating: Rating) -> bool:
    conversation: Conversation = rating.conversation
    contact: Contact = conversation.contact
    is_current = (
        conversation.status == Conversation.Status.RESOLVED
        and conversation.resolution_count == rating.resolution
        and not conversation.is_spam
    )
    may_be_mailed = contact.email and not (contact.unsubscribed_at or contact.is_blocked)
    is_back = is_here(tenant_id=current_tenant_id(), kind="contact", owner=contact.pk)
    if not is_current or not may_be_mailed or is_back:
        return False
    # Locked, so that two surveys of one contact that are due together see each other.
    Contact.objects.select_for_update().get(pk=contact.pk)
    return not OutgoingMail.objects.filter(kind=KIND, to=contact.email, created_at__gt=now() - REST).exists()
