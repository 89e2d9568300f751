"""The call of ``append_message``: its arguments, and its answer. Pure; both doors share it.

The synchronous door runs STATEMENT on Django's connection, the socket on its own asynchronous pool.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import orjson

from conversations.drafts import Draft
from conversations.shapes import MentionShape
from conversations.text import direction_of, fold, one_line
from tenants.clock import now
from tenants.errors import BadRequest, Conflict, NotFound
from tenants.events.hub import Hint
from tenants.events.publish import frame_hints
from tenants.events.registry import REGISTRY, Audience, Positions
from tenants.events.wire import frame
from tenants.ids import uuid7_array
from tenants.permissions import Actor

STATEMENT: Final = (
    "SELECT outcome, event_type, body::text, operators_position, contact_position"
    " FROM append_message(%s, %s, %s::uuid[], %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)"
)
SNIPPET: Final = 160
# Raised inside append_message, so that nothing of the message stays.
BAD_ATTACHMENT: Final = "PA001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One event that append_message recorded."""

    type: str
    body: dict[str, Any]
    positions: Positions


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What became of a draft: the events it caused, the message last; none when it was seen before."""

    message_id: UUID
    is_new: bool
    recorded: Sequence[Recorded]

    def message(self, *, actor: Actor) -> dict[str, Any]:
        """Return the message of a new one, as its author sees it."""
        last = self.recorded[-1]
        audience = Audience.CONTACT if actor.is_contact else Audience.OPERATORS
        made: dict[str, Any] = frame(
            type=last.type,
            body=last.body,
            audience=audience,
            tenant_id=actor.tenant_id,
            operators_position=last.positions.operators,
            contact_position=last.positions.contact,
        )["message"]
        return made

    def hints(self, *, actor: Actor, conversation_id: UUID) -> list[Hint]:
        """Return what the open sockets are told."""
        return [
            hint
            for event in self.recorded
            for hint in frame_hints(
                type=event.type,
                body=event.body,
                audiences=REGISTRY[event.type].audiences,
                tenant_id=actor.tenant_id,
                conversation_id=conversation_id,
                positions=event.positions,
            )
        ]


def arguments(
    *, actor: Actor, conversation_id: UUID, draft: Draft, mentions: Sequence[MentionShape] = ()
) -> list[Any]:
    """Return the arguments of STATEMENT, in its order. ``mentions``: what ``known_mentions`` says of the draft's."""
    return [
        actor.tenant_id,
        conversation_id,
        uuid7_array(6),
        draft.client_id,
        draft.kind,
        str(actor.kind),
        actor.id,
        actor.name,
        draft.text,
        direction_of(draft.text),
        fold(draft.text),
        one_line(draft.text, length=SNIPPET),
        list(draft.attachment_ids),
        orjson.dumps(mentions).decode() if mentions else None,
        now(),
    ]


def answer(rows: Sequence[Sequence[Any]]) -> Appended:
    """Read the rows of STATEMENT. Raises NotFound, Conflict."""
    outcome = rows[0][0]
    if outcome == "missing":
        raise NotFound()
    if outcome == "conflict":
        raise Conflict()
    recorded = [
        Recorded(
            type=row[1] or "message.created",
            body=orjson.loads(row[2]),
            positions=Positions(row[3], row[4]),
        )
        for row in rows
    ]
    if outcome == "seen":
        return Appended(message_id=UUID(recorded[0].body["id"]), is_new=False, recorded=())
    return Appended(message_id=UUID(recorded[-1].body["message"]["id"]), is_new=True, recorded=recorded)


def bad_attachment() -> BadRequest:
    return BadRequest(errors={"attachment_ids": ["A file is not there any more, or was sent already."]})
