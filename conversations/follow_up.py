"""What was missed live goes on by e-mail: an operator's reply that its contact has not seen in time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from conversations.links import contact_link
from conversations.mail_links import file_url, unsubscribe_url
from conversations.models import Attachment, Contact, Conversation, Message
from conversations.presence import is_here
from conversations.text import one_line
from tenants.clock import now
from tenants.mail import queue_mail
from tenants.mail.wording import direction
from tenants.models import OutgoingMail, Tenant
from tenants.scoping import TenantId, current_tenant_id
from tenants.timers import set_timer, set_timers_once

KIND: Final = "follow_up"
MAX_MESSAGES: Final = 10
# Mails of one conversation keep this distance.
GAP: Final = timedelta(minutes=15)
# Whose replies are worth a mail: the business's, written by a person or a program of theirs.
BUSINESS: Final = ("operator", "api_key")
MAX_REFERENCES: Final = 10


def plan_follow_ups(*, replied: Mapping[UUID, datetime]) -> None:
    """Look at conversations when their replies have waited long enough. ``replied``: the earliest of each."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    if not tenant.follow_up_enabled:
        return
    patience = timedelta(minutes=tenant.follow_up_minutes)
    set_timers_once(kind=KIND, due={one: moment + patience for one, moment in replied.items()})


def plan_for_contact(*, contact_id: UUID) -> None:
    """Look at what a contact has not seen: their address may have just become known."""
    waiting = Conversation.objects.filter(contact_id=contact_id, contact_unread_count__gt=0)
    plan_follow_ups(replied=dict.fromkeys(waiting.values_list("pk", flat=True)[:50], now()))


def follow_up(conversation_id: UUID) -> None:
    """Mail what is unseen now, or look again later, or do nothing because there is no need any more."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    conversation = (
        Conversation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("contact", "inbox")
        .filter(pk=conversation_id)
        .first()
    )
    if conversation is None or not tenant.follow_up_enabled or not _may_be_mailed(conversation):
        return
    unseen = list(_unseen(conversation)[: MAX_MESSAGES + 1])
    if not unseen:
        return
    patience = timedelta(minutes=tenant.follow_up_minutes)
    earlier = _earlier_mails(conversation)
    due_at = max([unseen[0].created_at + patience, *(mail.created_at + GAP for mail in earlier[:1])])
    if due_at <= now() and is_here(
        tenant_id=TenantId(tenant.pk), kind="contact", owner=conversation.contact_id
    ):
        # Their page is open: it rings there. Should they leave without looking, the mail goes then.
        due_at = now() + patience
    if due_at > now():
        set_timer(kind=KIND, subject_id=conversation.pk, due_at=due_at)
        return
    _mail(tenant, conversation, unseen[:MAX_MESSAGES], earlier)
    if len(unseen) > MAX_MESSAGES:
        set_timer(kind=KIND, subject_id=conversation.pk, due_at=now() + GAP)


def _may_be_mailed(conversation: Conversation) -> bool:
    contact: Contact = conversation.contact
    return bool(contact.email) and not (contact.unsubscribed_at or contact.is_blocked or conversation.is_spam)


def _unseen(conversation: Conversation) -> Any:
    return Message.objects.filter(
        conversation=conversation,
        kind=Message.Kind.REPLY,
        author_kind__in=BUSINESS,
        contact_position__gt=conversation.contact_read_position,
        mailed_at=None,
    ).order_by("contact_position")


def _earlier_mails(conversation: Conversation) -> list[OutgoingMail]:
    """Return the thread's mails, newest first."""
    mails = OutgoingMail.objects.filter(kind=KIND, subject_id=conversation.pk).defer("text", "html")
    return list(mails.order_by("-created_at")[:MAX_REFERENCES])


def _mail(
    tenant: Tenant, conversation: Conversation, messages: Sequence[Message], earlier: Sequence[OutgoingMail]
) -> None:
    contact: Contact = conversation.contact
    queue_mail(
        to=contact.email,
        template="follow_up",
        kind=KIND,
        subject_id=conversation.pk,
        language=conversation.language,
        subject=earlier[-1].subject if earlier else _subject(conversation),
        headers=_thread_headers(earlier),
        from_name=tenant.name,
        context={
            "tenant_name": tenant.name,
            "messages": _shown(conversation, messages),
            "link": contact_link(inbox=conversation.inbox, contact_id=contact.pk),
            "unsubscribe_url": unsubscribe_url(contact=contact),
        },
    )
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(mailed_at=now())


def _subject(conversation: Conversation) -> str | None:
    """Return the subject of a new thread: its own, else the contact's first words, else the template's."""
    if conversation.subject:
        return conversation.subject
    first = (
        Message.objects.filter(conversation=conversation, kind=Message.Kind.REPLY, author_kind="contact")
        .exclude(text="")
        .order_by("contact_position")
        .first()
    )
    return one_line(first.text, length=78) if first else None


def _thread_headers(earlier: Sequence[OutgoingMail]) -> dict[str, str]:
    if not earlier:
        return {}
    ids = [mail.message_id for mail in reversed(earlier)]
    return {"In-Reply-To": ids[-1], "References": " ".join(ids)}


def _shown(conversation: Conversation, messages: Sequence[Message]) -> list[dict[str, Any]]:
    files: dict[UUID | None, list[dict[str, str]]] = {}
    for attachment in Attachment.objects.filter(message__in=[message.pk for message in messages]).order_by(
        "pk"
    ):
        files.setdefault(attachment.message_id, []).append(
            {"name": attachment.name, "url": file_url(attachment=attachment)}
        )
    own = direction(conversation.language)
    return [
        {
            "author": message.author_name,
            "text": message.text,
            "direction": own if message.direction == "auto" else message.direction,
            "files": files.get(message.pk, []),
        }
        for message in messages
    ]
