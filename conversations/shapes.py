"""The JSON shapes that REST, sockets and webhooks share. TypeScript's are generated from these."""

from typing import Any, Literal, NotRequired, TypedDict

AuthorKind = Literal["contact", "operator", "api_key", "system"]
StatusName = Literal["open", "pending", "snoozed", "resolved"]
PriorityName = Literal["none", "low", "medium", "high", "urgent"]
OfferOutcome = Literal["accepted", "declined", "expired", "taken", "withdrawn"]
NotificationKind = Literal["mention", "invited", "transfer", "returned", "taken_over"]
TransferOutcome = Literal["offered", "queued", "accepted", "declined", "expired", "withdrawn"]


class AuthorShape(TypedDict):
    kind: AuthorKind
    id: str | None
    name: str


class AttachmentShape(TypedDict):
    id: str
    name: str
    content_type: str
    size: int
    width: int | None
    height: int | None
    url: str


class MentionShape(TypedDict):
    """An operator or a team that a note mentions, by the name its text calls them."""

    kind: Literal["operator", "team"]
    id: str
    name: str


class LineShape(TypedDict):
    """What an event line says: a code that each client words in its own language, and its parameters."""

    code: str
    operator: NotRequired[str]
    team: NotRequired[str]
    until: NotRequired[str]


class MessageShape(TypedDict):
    """An entry of a thread. ``position`` is the reader's own; only operators get the contact's too."""

    id: str
    conversation_id: str
    kind: Literal["reply", "note", "event"]
    client_id: str | None
    author: AuthorShape
    text: str
    direction: Literal["ltr", "rtl", "auto"]
    attachments: list[AttachmentShape]
    line: LineShape | None
    mentions: NotRequired[list[MentionShape]]
    created_at: str
    position: int
    contact_position: NotRequired[int | None]


class VisitorShape(TypedDict):
    """Somebody on the site now. ``since`` is when this visit began, ``conversation_id`` their latest conversation."""

    contact_id: str
    inbox_id: str
    name: str
    language: str
    page_url: str
    page_title: str
    since: str
    conversation_id: str | None


class LastMessageShape(TypedDict):
    text: str
    author_kind: AuthorKind
    created_at: str


class RowContactShape(TypedDict):
    id: str
    name: str
    email: str
    is_verified: bool


class RowOperatorShape(TypedDict):
    id: str
    name: str


class TagShape(TypedDict):
    id: str
    name: str
    colour: str


class ConversationRowShape(TypedDict):
    """A conversation as the operators' list shows it."""

    id: str
    inbox_id: str
    status: StatusName
    priority: PriorityName
    language: str
    subject: str
    contact: RowContactShape
    operator: RowOperatorShape | None
    team_id: str | None
    tags: list[TagShape]
    last_message: LastMessageShape | None
    last_activity_at: str
    waiting_since: str | None
    snoozed_until: str | None
    unread_count: int
    is_spam: bool
    rating: int | None
    position: int
    contact_read_position: int
    contact_delivered_position: int
    created_at: str
    resolved_at: str | None


class ContactOperatorShape(TypedDict):
    name: str


class ContactRatingShape(TypedDict):
    score: int | None
    comment: str
    can_rate: bool


class ContactConversationShape(TypedDict):
    """A conversation as its contact sees it."""

    id: str
    status: StatusName
    subject: str
    language: str
    operator: ContactOperatorShape | None
    position: int
    read_position: int
    operators_seen_position: int
    unread_count: int
    last_message: LastMessageShape | None
    created_at: str
    rating: ContactRatingShape | None


class OfferShape(TypedDict):
    """A conversation offered to one operator, by a team or by a colleague: ``sender``.

    ``text``: what the contact said first; ``note``: what the sender says, whole. ``seconds_left``: when it was told.
    """

    id: str
    conversation_id: str
    operator_id: str
    team_id: str | None
    team_name: str
    sender: RowOperatorShape | None
    contact: RowContactShape
    text: str
    note: str
    language: str
    priority: PriorityName
    waiting_since: str
    offered_at: str
    expires_at: str
    seconds_left: int


class SavedViewShape(TypedDict):
    """A filter and an order under a name. ``place``: where it stands among those of the same owner."""

    id: str
    name: str
    icon: str
    filter: dict[str, Any]
    sort: str
    is_shared: bool
    place: int


class ViewerShape(TypedDict):
    id: str
    name: str
    is_typing: bool


class MacroShape(TypedDict):
    """What is empty is left as it is (``conversations.models.Macro``)."""

    id: str
    name: str
    team_id: str | None
    note: str
    tags: list[str]
    priority: PriorityName | Literal[""]
    assigns: Literal["", "me", "nobody", "operator", "team"]
    to_operator_id: str | None
    to_team_id: str | None
    reply: str
    status: StatusName | Literal[""]
    snooze_hours: int


class NotificationShape(TypedDict):
    """Something that one operator is told.

    ``position``: of the message in its conversation. ``text``: the message's beginning.
    """

    id: str
    kind: NotificationKind
    conversation_id: str
    contact_name: str
    message_id: str | None
    position: int | None
    text: str
    by: AuthorShape
    created_at: str
    read_at: str | None
