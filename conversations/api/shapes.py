"""What only the API answers; what it shares with the sockets is in ``conversations.shapes``."""

from typing import Any, Literal, TypedDict

from conversations.shapes import (
    ConversationRowShape,
    MacroShape,
    MessageShape,
    NotificationShape,
    OfferShape,
    TagShape,
)


class ConversationPageShape(TypedDict):
    results: list[ConversationRowShape]
    next: str | None


class OfferListShape(TypedDict):
    """All of them; there are never more than one has room for."""

    results: list[OfferShape]


class CountsShape(TypedDict):
    """How many conversations lie in each list of the inbox; of a key, none are its own."""

    mine: int
    unassigned: int
    all: int
    pending: int
    snoozed: int


class MessagePageShape(TypedDict):
    """Oldest first. With ``has_more``, ask again with ``before`` the position of the first."""

    messages: list[MessageShape]
    has_more: bool


class MissedEventsShape(TypedDict):
    """What happened after a position, as the socket tells it. ``must_reload``: it is over 500 events back."""

    events: list[dict[str, Any]]
    head: int
    must_reload: bool


class VisitShape(TypedDict):
    """Where a contact's newest browser is."""

    page_url: str
    page_title: str
    referrer: str
    user_agent: str
    last_seen_at: str


class ContactShape(TypedDict):
    id: str
    name: str
    email: str
    phone: str
    external_id: str
    language: str
    time_zone: str
    country: str
    is_verified: bool
    is_blocked: bool
    unsubscribed_at: str | None
    attributes: dict[str, Any]
    tags: list[TagShape]
    last_seen_at: str | None
    created_at: str
    session: VisitShape | None


class ContactPageShape(TypedDict):
    results: list[ContactShape]
    next: str | None


class BlockShape(TypedDict):
    """Either ``contact_id`` or ``network`` says who; ``addresses`` is how many are kept out with the contact."""

    id: str
    contact_id: str | None
    contact_name: str
    addresses: int
    network: str
    note: str
    created_by: str
    created_at: str
    expires_at: str | None


class BlockPageShape(TypedDict):
    results: list[BlockShape]
    next: str | None


class NotificationPageShape(TypedDict):
    """``unread_count``: of all, not of this page."""

    results: list[NotificationShape]
    next: str | None
    unread_count: int


class UnreadNotificationsShape(TypedDict):
    """What is left."""

    unread_count: int


class InboxShape(TypedDict):
    """``key`` is public: it stands in the snippet. ``settings`` holds the default of what was never set."""

    id: str
    kind: Literal["widget", "email"]
    name: str
    key: str
    language: str
    team_id: str | None
    is_enabled: bool
    allowed_domains: list[str]
    settings: dict[str, Any]
    snippet_seen_at: str | None
    snippet_seen_host: str
    created_at: str


class InboxPageShape(TypedDict):
    results: list[InboxShape]
    next: str | None


class TagPageShape(TypedDict):
    results: list[TagShape]
    next: str | None


class MacroPageShape(TypedDict):
    results: list[MacroShape]
    next: str | None


class CannedReplyShape(TypedDict):
    id: str
    shortcut: str
    title: str
    text: str
    team_id: str | None
    created_at: str
    updated_at: str


class CannedReplyPageShape(TypedDict):
    results: list[CannedReplyShape]
    next: str | None


class RatingRowShape(TypedDict):
    """A survey. ``score`` 1 (worst) to 5 (best), null until it is answered."""

    id: str
    conversation_id: str
    operator_id: str | None
    score: int | None
    comment: str
    asked_by: str
    asked_at: str
    answered_at: str | None


class RatingPageShape(TypedDict):
    results: list[RatingRowShape]
    next: str | None


class HitShape(TypedDict):
    """A conversation that matches, and the newest of its messages that does (null: its contact does)."""

    conversation: ConversationRowShape
    message: MessageShape | None


class HitsShape(TypedDict):
    results: list[HitShape]
