"""How it went, asked by e-mail when nobody was there to be asked in the widget."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from conversations.actions.resolve import RATING_OPEN
from conversations.mail_links import rating_url, unsubscribe_url
from conversations.models import Contact, Conversation, Rating
from conversations.presence import is_here
from tenants.clock import now
from tenants.mail import queue_mail
from tenants.models import OutgoingMail, Tenant
from tenants.scoping import TenantId, current_tenant_id
from tenants.timers import set_timer

KIND: Final = "csat_mail"
PATIENCE: Final = timedelta(minutes=10)
# One contact is not asked by mail more often than this.
REST: Final = timedelta(days=7)
# Score, face, what it says.
FACES: Final = (
    (1, "😞", _("Very bad")),
    (2, "🙁", _("Bad")),
    (3, "😐", _("Okay")),
    (4, "🙂", _("Good")),
    (5, "😀", _("Very good")),
)
# Later than this nobody remembers what it was about (Parley was down, or the log is read again).
LATEST: Final = timedelta(days=2)


def plan_survey(*, conversation_id: UUID, resolution: int, resolved_at: datetime) -> None:
    """Ask by mail in a while, unless the contact is there and asked in the widget."""
    rating = (
        Rating.objects.filter(conversation_id=conversation_id, resolution=resolution)
        .select_related("conversation")
        .first()
    )
    if rating is None or _is_here(rating.conversation.contact_id):
        return
    set_timer(kind=KIND, subject_id=rating.pk, due_at=resolved_at + PATIENCE)


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
    if not is_current or not may_be_mailed or _is_here(contact.pk):
        return False
    # Locked, so that two surveys of one contact that are due together see each other.
    Contact.objects.select_for_update().get(pk=contact.pk)
    return not OutgoingMail.objects.filter(kind=KIND, to=contact.email, created_at__gt=now() - REST).exists()


def _is_here(contact_id: UUID) -> bool:
    return is_here(tenant_id=TenantId(current_tenant_id()), kind="contact", owner=contact_id)
