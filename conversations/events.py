"""What happens in conversations. The names are those of the socket, of webhooks and of TypeScript."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection

from conversations.shapes import (
    AuthorShape,
    ConversationRowShape,
    MessageShape,
    NotificationShape,
    OfferOutcome,
    OfferShape,
    PriorityName,
    StatusName,
    TagShape,
    TransferOutcome,
    ViewerShape,
    VisitorShape,
)
from tenants.errors import NotFound
from tenants.events import Audience, Event, event
from tenants.events.registry import Positions
from tenants.scoping import current_tenant_id

# Every change of a conversation runs this: one statement, where the ORM needs one to write and one to read.
_ADVANCE = """
    UPDATE conversations_conversation
    SET operators_position = operators_position + 1, contact_position = contact_position + %s
    WHERE tenant_id = %s AND id = %s
    RETURNING operators_position, contact_position
"""

OPERATORS, CONTACT, WEBHOOKS = Audience.OPERATORS, Audience.CONTACT, Audience.WEBHOOKS


class ConversationEvent(Event):
    """An event in the stream of one conversation."""

    conversation_id: UUID

    def stream_id(self) -> UUID:
        return self.conversation_id

    def take_positions(self) -> Positions:
        """Advance the counters of the audiences. The row is already locked by the action, or is now.

        Raises NotFound when the tenant in scope has no such conversation.
        """
        is_public = CONTACT in self.audiences
        with connection.cursor() as cursor:
            cursor.execute(_ADVANCE, [int(is_public), current_tenant_id(), self.conversation_id])
            taken = cursor.fetchone()
        if taken is None:
            raise NotFound()
        operators, contact = taken
        return Positions(operators, contact if is_public else None)


@event("message.created", OPERATORS, CONTACT, WEBHOOKS)
class MessageCreated(ConversationEvent):
    conversation_id: UUID
    message: MessageShape


@event("note.created", OPERATORS, WEBHOOKS)  # a contact can never receive this
class NoteCreated(ConversationEvent):
    conversation_id: UUID
    message: MessageShape


@event("conversation.created", OPERATORS, CONTACT, WEBHOOKS)
class ConversationCreated(ConversationEvent):
    """``row`` is taken out of what a contact gets."""

    conversation_id: UUID
    inbox_id: UUID
    contact_id: UUID
    language: str
    status: StatusName
    created_at: datetime
    row: ConversationRowShape


@event("conversation.assigned", OPERATORS, CONTACT, WEBHOOKS)
class ConversationAssigned(ConversationEvent):
    conversation_id: UUID
    operator_id: UUID | None
    operator_name: str
    team_id: UUID | None
    by: AuthorShape
    line: MessageShape | None


@event("conversation.transferred", OPERATORS, WEBHOOKS)
class ConversationTransferred(ConversationEvent):
    """An operator hands over what they have: each step, so that it can be told who had it when, and for how long.

    ``offered`` to an operator, then ``accepted``, ``declined``, ``expired`` or ``withdrawn``; or ``queued`` in a team.
    """

    conversation_id: UUID
    from_operator_id: UUID
    from_operator_name: str
    to_operator_id: UUID | None
    to_operator_name: str
    team_id: UUID | None
    outcome: TransferOutcome
    by: AuthorShape
    line: MessageShape | None


@event("conversation.invited", OPERATORS, WEBHOOKS)
class ConversationInvited(ConversationEvent):
    """An operator asks another to help; whoever has the conversation keeps it."""

    conversation_id: UUID
    operator_id: UUID
    operator_name: str
    by: AuthorShape
    line: MessageShape | None


@event("conversation.resolved", OPERATORS, CONTACT, WEBHOOKS)
class ConversationResolved(ConversationEvent):
    """``can_rate``: the contact may rate this resolution now."""

    conversation_id: UUID
    resolution: int
    can_rate: bool
    by: AuthorShape
    line: MessageShape | None


@event("conversation.reopened", OPERATORS, CONTACT, WEBHOOKS)
class ConversationReopened(ConversationEvent):
    conversation_id: UUID
    by: AuthorShape
    line: MessageShape | None


@event("conversation.snoozed", OPERATORS, WEBHOOKS)
class ConversationSnoozed(ConversationEvent):
    """``until`` None: until the contact writes."""

    conversation_id: UUID
    until: datetime | None
    by: AuthorShape
    line: MessageShape | None


@event("conversation.marked_pending", OPERATORS, WEBHOOKS)
class ConversationMarkedPending(ConversationEvent):
    conversation_id: UUID
    by: AuthorShape
    line: MessageShape | None


@event("conversation.prioritised", OPERATORS, WEBHOOKS)
class ConversationPrioritised(ConversationEvent):
    conversation_id: UUID
    priority: PriorityName
    by: AuthorShape


@event("conversation.changed", OPERATORS, CONTACT, WEBHOOKS)
class ConversationChanged(ConversationEvent):
    """Its subject, its language, or both: what they are now."""

    conversation_id: UUID
    subject: str
    language: str
    by: AuthorShape


@event("conversation.tagged", OPERATORS, WEBHOOKS)
class ConversationTagged(ConversationEvent):
    conversation_id: UUID
    tags: list[TagShape]
    by: AuthorShape


@event("conversation.marked_spam", OPERATORS, WEBHOOKS)
class ConversationMarkedSpam(ConversationEvent):
    conversation_id: UUID
    is_spam: bool
    by: AuthorShape


@event("conversation.rated", OPERATORS, CONTACT, WEBHOOKS)
class ConversationRated(ConversationEvent):
    conversation_id: UUID
    score: int
    comment: str
    resolution: int
    by: AuthorShape


@event("contact.updated", OPERATORS, WEBHOOKS)
class ContactUpdated(Event):
    contact_id: UUID
    name: str
    email: str
    phone: str
    is_verified: bool
    by: AuthorShape


@event("contact.tagged", OPERATORS, WEBHOOKS)
class ContactTagged(Event):
    contact_id: UUID
    tags: list[TagShape]
    by: AuthorShape


@event("offer.made", OPERATORS)
class OfferMade(Event):
    """Recorded, though in no conversation's stream: the log is what readers are woken by and reports count.

    A page that missed it asks for its offers.
    """

    offer: OfferShape


@event("offer.ended", OPERATORS)
class OfferEnded(Event):
    """``taken_by``: the name of whoever else has the conversation now."""

    offer_id: UUID
    conversation_id: UUID
    operator_id: UUID
    outcome: OfferOutcome
    taken_by: str


@event("contact.identified", OPERATORS, WEBHOOKS)
class ContactIdentified(Event):
    """A visitor turned out to be a known contact, by a signed token.

    ``former_contact_id`` is who they were until then and is gone; its conversations are now the contact's.
    """

    contact_id: UUID
    former_contact_id: UUID | None
    conversation_ids: list[UUID]
    external_id: str
    name: str
    email: str
    phone: str
    is_verified: bool
    by: AuthorShape


@event("typing.started", OPERATORS, CONTACT, ephemeral=True)
class TypingStarted(ConversationEvent):
    conversation_id: UUID
    author: AuthorShape


@event("typing.stopped", OPERATORS, CONTACT, ephemeral=True)
class TypingStopped(ConversationEvent):
    conversation_id: UUID
    author: AuthorShape


@event("read.changed", OPERATORS, CONTACT, ephemeral=True)
class ReadChanged(ConversationEvent):
    """``audience`` has read up to ``position``, in the contact's counting, which both sides know."""

    conversation_id: UUID
    audience: Literal["contact", "operators"]
    position: int


@event("unread.changed", OPERATORS, ephemeral=True)
class UnreadChanged(Event):
    """The operators' unread count of one conversation, told to all of them.

    It is that of the conversation at ``head``: on its way it may overtake a message, or be overtaken.
    """

    conversation_id: UUID
    unread_count: int
    head: int


@event("delivered.changed", OPERATORS, ephemeral=True)
class DeliveredChanged(ConversationEvent):
    conversation_id: UUID
    position: int


@event("viewing.changed", OPERATORS, ephemeral=True)
class ViewingChanged(ConversationEvent):
    conversation_id: UUID
    operators: list[ViewerShape]


@event("views.changed", OPERATORS, ephemeral=True)
class ViewsChanged(Event):
    """The saved views of an operator, or of everybody, are others now: whoever shows them asks for them anew."""

    operator_id: UUID | None


@event("visitors.changed", OPERATORS, ephemeral=True)
class VisitorsChanged(Event):
    """Who came, went on to another page, or left, gathered for a second; partial: there was more than fits."""

    here: list[VisitorShape]
    gone: list[UUID]
    is_partial: bool


class NotificationEvent(Event):
    """What concerns one operator only: all of their pages hear it."""

    operator_id: UUID

    def addressee(self) -> UUID | None:
        return self.operator_id


@event("notification.made", OPERATORS, ephemeral=True)
class NotificationMade(NotificationEvent):
    """``unread_count``: of all that the operator has, this one included. A page that missed it asks for its own."""

    operator_id: UUID
    notification: NotificationShape
    unread_count: int


@event("notification.read", OPERATORS, ephemeral=True)
class NotificationRead(NotificationEvent):
    """``unread_count``: what is left; none is left where it is 0."""

    operator_id: UUID
    notification_ids: list[UUID]
    unread_count: int
