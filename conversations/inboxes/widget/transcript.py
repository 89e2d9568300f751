"""A conversation as a text file, for whoever had it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from conversations.models import Conversation, Message

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def transcript(*, conversation: Conversation, title: str, zone: ZoneInfo) -> str:
    """Return what the contact sees of a conversation, oldest first, times in their zone. No notes, no event lines."""
    return "\n".join(_lines(conversation, title, zone)) + "\n"


def _lines(conversation: Conversation, title: str, zone: ZoneInfo) -> Iterator[str]:
    yield title
    yield _("Conversation of %(day)s") % {"day": f"{conversation.created_at.astimezone(zone):%Y-%m-%d}"}
    rows = Message.objects.filter(
        conversation=conversation, kind=Message.Kind.REPLY, contact_position__isnull=False
    ).prefetch_related("attachments")
    for message in rows.order_by("contact_position"):
        name = _("You") if message.author_kind == "contact" else message.author_name
        moment = f"{message.created_at.astimezone(zone):%Y-%m-%d %H:%M}"
        yield ""
        yield f"[{moment}] {FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}:"
        if message.text:
            yield message.text
        for file in message.attachments.all():
            yield _("File: %(name)s") % {"name": f"{FIRST_STRONG_ISOLATE}{file.name}{POP_ISOLATE}"}
