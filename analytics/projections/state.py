"""The course of one conversation, folded from its events. Pure: no database, no clock.

Definitions: the clock starts at the contact's first message; a person's public reply stops it.
Keys, automatic messages and notes stop nothing. A conversation an operator began is outbound: it
counts from the contact's answer on, but has no first response.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from tenants.events import StoredEvent
from tenants.hours import BusinessHours, business_seconds

MILLISECOND: Final = timedelta(milliseconds=1)

CREATED: Final = "conversation.created"
MESSAGE: Final = "message.created"
ASSIGNED: Final = "conversation.assigned"
RESOLVED: Final = "conversation.resolved"
# Each of these leaves the conversation unresolved, whatever it was before.
UNRESOLVED: Final = ("conversation.reopened", "conversation.snoozed", "conversation.marked_pending")
SPAM: Final = "conversation.marked_spam"
RATED: Final = "conversation.rated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How long something took, in milliseconds: all of it, and the part inside business hours."""

    ms: int
    business_ms: int

    @classmethod
    def between(cls, start: datetime, end: datetime, *, hours: BusinessHours) -> "Span":
        """Measure the time from ``start`` to ``end``; nothing when the end comes first."""
        ms = max(0, (end - start) // MILLISECOND)
        # Open seconds come as a float: never more than the whole, and exactly the whole when always open.
        inside = ms if hours.is_always else round(business_seconds(hours, start, end) * 1000)
        return cls(ms=ms, business_ms=min(ms, inside))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationState:
    """The fields of ``analytics.models.ConversationFact``, under the same names."""

    conversation_id: UUID
    inbox_id: UUID
    opened_at: datetime
    language: str = ""
    operator_id: UUID | None = None
    team_id: UUID | None = None
    first_contact_message_at: datetime | None = None
    is_outbound: bool = False
    is_spam: bool = False
    is_resolved: bool = False
    waiting_since: datetime | None = None
    answered_turns: int = 0
    first_reply_at: datetime | None = None
    first_reply_operator_id: UUID | None = None
    first_reply_ms: int | None = None
    first_reply_business_ms: int | None = None
    last_reply_operator_id: UUID | None = None
    replied_operator_ids: tuple[UUID, ...] = ()
    has_reply_since_opening: bool = False
    resolutions: int = 0
    reopenings: int = 0
    first_resolved_at: datetime | None = None
    first_resolution_ms: int | None = None
    first_resolution_business_ms: int | None = None
    resolved_at: datetime | None = None
    last_resolution_ms: int | None = None
    last_resolution_business_ms: int | None = None
    surveys: int = 0
    rating: int | None = None
    rated_at: datetime | None = None
    rated_resolution: int | None = None
    open_changes: int = 0

    @property
    def is_counted_open(self) -> bool:
        """Whether it is one of the conversations that wait to be resolved."""
        return self.first_contact_message_at is not None and not self.is_resolved


def opened(event: StoredEvent) -> ConversationState:
    """Return the state a ``conversation.created`` begins with."""
    row = event.body["row"]
    if event.conversation_id is None or not isinstance(row, dict):
        raise ValueError(f"{event.id} is no conversation.created")
    return ConversationState(
        conversation_id=event.conversation_id,
        inbox_id=UUID(str(event.body["inbox_id"])),
        opened_at=event.created_at,
        language=str(event.body["language"]),
        team_id=as_uuid(row["team_id"]),
    )


def advance(state: ConversationState, event: StoredEvent, *, hours: BusinessHours) -> ConversationState:
    """Return the state after an event, with the business hours that hold at its time."""
    after = _changed(state, event, hours)
    moved = state.is_counted_open != after.is_counted_open or (
        after.is_counted_open and (state.operator_id, state.team_id) != (after.operator_id, after.team_id)
    )
    if moved:
        return replace(after, open_changes=after.open_changes + 2)
    return after


def _changed(state: ConversationState, event: StoredEvent, hours: BusinessHours) -> ConversationState:
    body, at = event.body, event.created_at
    match event.type:
        case "message.created":
            return _after_message(state, author_of(event), at, hours)
        case "conversation.assigned":
            return replace(state, operator_id=as_uuid(body["operator_id"]), team_id=as_uuid(body["team_id"]))
        case "conversation.resolved" if not state.is_resolved:
            after = _after_resolution(state, at, hours)
            return replace(after, surveys=after.surveys + bool(body["can_rate"]))
        case "conversation.marked_spam":
            return replace(state, is_spam=bool(body["is_spam"]))
        case "conversation.rated":
            return _after_rating(state, score=body["score"], resolution=body["resolution"], at=at)
        case _ if event.type in UNRESOLVED and state.is_resolved:
            again = 1 if state.resolutions else 0
            return replace(
                state,
                is_resolved=False,
                resolved_at=None,
                reopenings=state.reopenings + again,
                has_reply_since_opening=False,
            )
    return state


def _after_message(
    state: ConversationState, author: dict[str, Any], at: datetime, hours: BusinessHours
) -> ConversationState:
    if author["kind"] == "contact":
        return replace(
            state,
            first_contact_message_at=state.first_contact_message_at or at,
            waiting_since=state.waiting_since or at,
        )
    operator_id = as_uuid(author["id"])
    if author["kind"] != "operator" or operator_id is None:
        return state
    asked_at = state.first_contact_message_at
    is_first = asked_at is not None and not state.is_outbound and state.first_reply_at is None
    if asked_at is not None and is_first:
        span = Span.between(asked_at, at, hours=hours)
        state = replace(
            state,
            first_reply_at=at,
            first_reply_operator_id=operator_id,
            first_reply_ms=span.ms,
            first_reply_business_ms=span.business_ms,
        )
    is_known = operator_id in state.replied_operator_ids
    return replace(
        state,
        is_outbound=state.is_outbound or asked_at is None,
        has_reply_since_opening=True,
        last_reply_operator_id=operator_id,
        replied_operator_ids=state.replied_operator_ids + (() if is_known else (operator_id,)),
        answered_turns=state.answered_turns + (1 if state.waiting_since else 0),
        waiting_since=None,
    )


def _after_resolution(state: ConversationState, at: datetime, hours: BusinessHours) -> ConversationState:
    after = replace(state, is_resolved=True, waiting_since=None, resolved_at=at)
    if state.first_contact_message_at is None:
        return after
    span = Span.between(state.first_contact_message_at, at, hours=hours)
    after = replace(
        after,
        resolutions=state.resolutions + 1,
        last_resolution_ms=span.ms,
        last_resolution_business_ms=span.business_ms,
    )
    if state.resolutions:
        return after
    return replace(
        after,
        first_resolved_at=at,
        first_resolution_ms=span.ms,
        first_resolution_business_ms=span.business_ms,
    )


def _after_rating(
    state: ConversationState, *, score: Any, resolution: Any, at: datetime
) -> ConversationState:
    """A rating given again for the same resolution keeps the day of the first answer."""
    is_again = state.rated_at is not None and state.rated_resolution == resolution
    return replace(
        state,
        rating=int(score),
        rated_at=state.rated_at if is_again else at,
        rated_resolution=int(resolution),
    )


def author_of(event: StoredEvent) -> dict[str, Any]:
    """Return the author of a message event: {kind, id, name}."""
    message = event.body["message"]
    if not isinstance(message, dict):
        raise TypeError(f"{event.id} has no message")
    author: dict[str, Any] = message["author"]
    return author


def as_uuid(value: object) -> UUID | None:
    return UUID(str(value)) if value else None
