"""How far everybody has read, told again: the marks have no positions of their own that could be compared."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from conversations.events import ReadChanged
from conversations.models import Conversation
from tenants.events import Audience


def read_marks(conversation_ids: Iterable[UUID], audience: Audience) -> list[dict[str, Any]]:
    """Return the frames that tell one audience the marks of these conversations, contacts' own first."""
    rows = Conversation.objects.filter(pk__in=conversation_ids).values_list(
        "pk", "contact_read_position", "operators_seen_position"
    )
    marks = [(pk, "contact", read) for pk, read, _ in rows]
    if audience is Audience.CONTACT:
        marks += [(pk, "operators", seen) for pk, _, seen in rows]
    return [
        {"type": ReadChanged.type, "conversation_id": str(pk), "audience": side, "position": position}
        for pk, side, position in marks
    ]
