"""Reads. Whoever asks has been let in already; every result is one of the shapes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from conversations.models import Attachment, Contact, Conversation, ConversationTag, Message, Tag
from conversations.present import message_shape, row_shape
from conversations.shapes import ContactConversationShape, ConversationRowShape, MessageShape
from tenants.errors import BadRequest, NotFound
from tenants.events import Audience
from tenants.events.fanout import encoded
from tenants.events.wire import frame
from tenants.models import EventRecord
from tenants.paging import MAX_PAGE, keyset_page
from tenants.permissions import Actor
from tenants.scoping import current_tenant_id

T = TypeVar("T")

# A client further behind than this loads the conversation afresh.
MAX_GAP: Final = 500
# An answer carries no more text than this, and at least one entry. A page gives up a command after some 10 s, so a
# line of 7 kB/s has time for it; and several must fit into what a client may leave unread.
MOST_BYTES: Final = 64 * 1024
MOST_EVENTS: Final = 100

NEWEST: Final = "-last_activity_at"
# How lists may be sorted, and the columns of each: all are the row's own, none is null, the last is unique.
SORTS: Final[dict[str, tuple[str, ...]]] = {
    NEWEST: ("-last_activity_at", "-pk"),
    "waiting": ("waiting_since", "pk"),
    "created_at": ("created_at", "pk"),
    "priority": ("-priority_rank", "-last_activity_at", "-pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationFilter:
    """What a list of conversations is narrowed to; None means any."""

    status: str | None = None
    operator_id: UUID | None = None
    is_unassigned: bool = False
    inbox_id: UUID | None = None
    team_id: UUID | None = None
    tag: str | None = None
    contact_id: UUID | None = None
    is_spam: bool | None = False
    ids: Sequence[UUID] | None = None
    # What a saved view's filter asks besides: see conversations.filter_rules.
    passes: Q | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows and the cursor of the next; None at the end."""

    results: list[ConversationRowShape]
    next: str | None


def narrowed(wanted: ConversationFilter) -> QuerySet[Conversation]:
    """Return the conversations a filter lets through, unordered."""
    rows = Conversation.objects.all() if wanted.passes is None else Conversation.objects.filter(wanted.passes)
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.operator_id:
        rows = rows.filter(operator_id=wanted.operator_id)
    if wanted.is_unassigned:
        rows = rows.filter(operator=None)
    if wanted.inbox_id:
        rows = rows.filter(inbox_id=wanted.inbox_id)
    if wanted.team_id:
        rows = rows.filter(team_id=wanted.team_id)
    if wanted.contact_id:
        rows = rows.filter(contact_id=wanted.contact_id)
    if wanted.is_spam is not None:
        rows = rows.filter(is_spam=wanted.is_spam)
    if wanted.ids is not None:
        rows = rows.filter(pk__in=wanted.ids)
    if wanted.tag:
        tagged = ConversationTag.objects.filter(tag__name=wanted.tag).values("conversation_id")
        rows = rows.filter(pk__in=tagged)
    return rows


def conversation_page(
    *, wanted: ConversationFilter, sort: str = NEWEST, cursor: str | None = None, limit: int = 50
) -> Page:
    """Return one page of conversations.

    ``sort`` is a key of SORTS: newest activity first, longest wait first (only those who wait), oldest
    first, or highest priority first. Raises BadRequest for another sort or a bad cursor.
    """
    if sort not in SORTS:
        raise BadRequest(errors={"sort": [_("Choose one of: %(codes)s.") % {"codes": ", ".join(SORTS)}]})
    rows = narrowed(wanted)
    if sort == "waiting":
        rows = rows.filter(waiting_since__isnull=False)
    found, following = keyset_page(
        rows.select_related("contact", "operator"), order=SORTS[sort], cursor=cursor, limit=limit
    )
    return Page(with_tags(found), following)


def with_tags(conversations: Sequence[Conversation]) -> list[ConversationRowShape]:
    """Return list rows for conversations fetched with their contact and operator."""
    tags: dict[UUID, list[Tag]] = defaultdict(list)
    links = ConversationTag.objects.filter(conversation__in=[row.pk for row in conversations])
    for link in links.select_related("tag").order_by("tag__name"):
        tags[link.conversation_id].append(link.tag)
    return [row_shape(row, row.contact, tags[row.pk]) for row in conversations]


def conversation_row(*, conversation_id: UUID) -> ConversationRowShape:
    """Return one list row. Raises NotFound."""
    found = Conversation.objects.select_related("contact", "operator").filter(pk=conversation_id).first()
    if found is None:
        raise NotFound()
    return with_tags([found])[0]


def counts(*, actor: Actor) -> dict[str, int]:
    """Return how many conversations lie in each list of the inbox, for the operator who asks."""
    live = Conversation.objects.filter(is_spam=False)
    open_ones = live.filter(status=Conversation.Status.OPEN)
    return {
        "mine": open_ones.filter(operator=actor.id).count(),
        "unassigned": open_ones.filter(operator=None).count(),
        "all": open_ones.count(),
        "pending": live.filter(status=Conversation.Status.PENDING).count(),
        "snoozed": live.filter(status=Conversation.Status.SNOOZED).count(),
    }


def readable(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Return a conversation the actor may read: a contact only their own. Raises NotFound."""
    found = Conversation.objects.filter(pk=conversation_id)
    if actor.is_contact:
        found = found.filter(contact=actor.id)
    conversation = found.first()
    if conversation is None:
        raise NotFound()
    return conversation


def present_messages(messages: Iterable[Message], audience: Audience) -> list[MessageShape]:
    """Return messages with their files."""
    rows = list(messages)
    files: dict[UUID, list[Attachment]] = defaultdict(list)
    for attachment in Attachment.objects.filter(message__in=[row.pk for row in rows]).order_by("pk"):
        if attachment.message_id:
            files[attachment.message_id].append(attachment)
    return [message_shape(row, files[row.pk], audience) for row in rows]


def messages_before(
    *, conversation_id: UUID, audience: Audience, before: int | None = None, limit: int = 50
) -> tuple[list[MessageShape], bool]:
    """Return the last messages before a position of the audience, oldest first, and whether there are more.

    Up to ``limit``, and up to MOST_BYTES.
    """
    limit = max(1, min(limit, MAX_PAGE))
    field = "contact_position" if audience is Audience.CONTACT else "operators_position"
    rows = Message.objects.filter(conversation_id=conversation_id, **{f"{field}__isnull": False})
    if before is not None:
        rows = rows.filter(**{f"{field}__lt": before})
    found = list(rows.order_by(f"-{field}")[: limit + 1])
    kept = fitting((row, len(row.text.encode())) for row in found[:limit])
    return present_messages(reversed(kept), audience), len(found) > len(kept)


def one_message(*, message_id: UUID, audience: Audience) -> MessageShape:
    """Return a message. Raises NotFound."""
    found = present_messages(Message.objects.filter(pk=message_id), audience)
    if not found:
        raise NotFound()
    return found[0]


def events_of_message(*, message_id: UUID) -> QuerySet[EventRecord]:
    """Return the event of a message, after those that the same call recorded before it."""
    message = Message.objects.get(pk=message_id)
    last = message.operators_position
    together = EventRecord.objects.filter(
        conversation_id=message.conversation_id,
        operators_position__range=(last - 2, last),
        created_at=message.created_at,
    )
    return together.order_by("operators_position")


def fitting(sized: Iterable[tuple[T, int]]) -> list[T]:
    """Return the first of what comes with its size in bytes: one at least, then as many as MOST_BYTES hold."""
    kept: list[T] = []
    total = 0
    for one, size in sized:
        total += size
        if kept and total > MOST_BYTES:
            break
        kept.append(one)
    return kept


def events_after(*, conversation_id: UUID, audience: Audience, after: int) -> list[dict[str, Any]]:
    """Return the frames that follow a position of one audience, in order, up to MOST_EVENTS and MOST_BYTES.

    There are more as long as the last is below the head; none are left out in between.
    """
    field = "contact_position" if audience is Audience.CONTACT else "operators_position"
    rows = EventRecord.objects.filter(conversation_id=conversation_id, **{f"{field}__gt": after})
    frames = (
        frame(
            type=record.type,
            body=record.payload,
            audience=audience,
            tenant_id=current_tenant_id(),
            operators_position=record.operators_position,
            contact_position=record.contact_position,
        )
        for record in rows.order_by(field)[:MOST_EVENTS]
    )
    return fitting((made, len(encoded(made).encode())) for made in frames)


def contact_conversation(*, conversation_id: UUID) -> ContactConversationShape:
    """Return one conversation as its contact sees it. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT contact_conversation(c) FROM conversations_conversation c WHERE tenant_id = %s AND id = %s",
            [current_tenant_id(), conversation_id],
        )
        found = cursor.fetchone()
    if found is None:
        raise NotFound()
    return cast("ContactConversationShape", json.loads(found[0]))


def contact_history(*, contact_id: UUID) -> list[ConversationRowShape]:
    """Return all conversations of a contact as operators see them, newest first. Raises NotFound."""
    if not Contact.objects.filter(pk=contact_id).exists():
        raise NotFound()
    return conversation_page(
        wanted=ConversationFilter(contact_id=contact_id, is_spam=None), limit=MAX_PAGE
    ).results
