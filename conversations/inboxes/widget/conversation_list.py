"""The conversations of a visitor, described: each by its first words."""

from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from conversations.inboxes.widget.described import Node
from conversations.inboxes.widget.looking import Looking
from conversations.models import Conversation, Message
from conversations.text import one_line
from tenants.events.registry import iso

LAST: Final = 3
MOST: Final = 100
TITLE: Final = 60


def last_conversations(looking: Looking) -> list[Node]:
    """Return the last few conversations, the way to the others, and the way to a new one."""
    shown = list(_of(looking)[: LAST + 1])
    title: list[Node] = [["h3", {}, _("Your conversations")]] if shown else []
    others: list[Node] = (
        [["button", {"act": ["go", "conversations"]}, _("See all")]] if len(shown) > LAST else []
    )
    new = _new(looking, is_first=not shown)
    ways: list[Node] = [["div", {"class": "row"}, *new, *others]] if new or others else []
    return [*title, *_rows(shown[:LAST]), *ways]


def all_conversations(looking: Looking) -> list[Node]:
    """Return the screen with all conversations."""
    rows = _rows(list(_of(looking)[:MOST]))
    ways: list[Node] = [["div", {"class": "row"}, *new]] if (new := _new(looking, is_first=not rows)) else []
    return [["h2", {"tabIndex": -1}, _("Your conversations")], *rows, *ways]


def _of(looking: Looking) -> QuerySet[Conversation]:
    first = Message.objects.filter(conversation=OuterRef("pk"), kind="reply", contact_position__isnull=False)
    return (
        Conversation.objects.filter(contact=looking.contact)
        .annotate(first_text=Subquery(first.order_by("contact_position").values("text")[:1]))
        .order_by("-last_activity_at", "-pk")
    )


def _new(looking: Looking, *, is_first: bool) -> list[Node]:
    if not looking.may_chat:
        return []
    text = _("Write to us") if is_first else _("New conversation")
    return [["button", {"class": "main", "act": ["chat", "new"]}, text]]


def _rows(shown: list[Conversation]) -> list[Node]:
    return [["div", {"class": "list"}, *map(_row, shown)]] if shown else []


def _row(conversation: Conversation) -> Node:
    first = getattr(conversation, "first_text", None) or ""
    title = conversation.subject or one_line(first, length=TITLE) or _("New conversation")
    moment = iso(conversation.last_message_at or conversation.created_at)
    unread: list[Node] = (
        [["i", {"class": "unread"}, ["span", {"class": "hidden"}, _("Unread")]]]
        if conversation.contact_unread_count
        else []
    )
    return [
        "button",
        {"class": "item", "act": ["chat", str(conversation.pk)]},
        ["b", {"dir": "auto"}, title],
        ["small", {}, ["time", {"dateTime": moment}]],
        *unread,
    ]
