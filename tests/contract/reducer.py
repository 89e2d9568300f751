"""The client's reducer, run in Node on what the server recorded."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from conversations.queries import contact_conversation, conversation_row, events_after, messages_before
from tenants.events import Audience

Snapshot = tuple[dict[str, Any], list[dict[str, Any]]]


def snapshot(conversation_id: UUID, audience: Audience) -> Snapshot:
    """Return a conversation and its messages, fetched fresh as one audience."""
    read = contact_conversation if audience is Audience.CONTACT else conversation_row
    messages, has_more = messages_before(conversation_id=conversation_id, audience=audience, limit=100)
    assert not has_more
    return dict(read(conversation_id=conversation_id)), [dict(message) for message in messages]


def missed(conversation_id: UUID, audience: Audience, *, after: int) -> list[dict[str, Any]]:
    """Return every event after a position, part by part, as a client asks for them."""
    found: list[dict[str, Any]] = []
    while part := events_after(conversation_id=conversation_id, audience=audience, after=after):
        found += part
        after = part[-1]["position"]
    return found


def reduced(
    conversation_id: UUID,
    audience: Audience,
    *,
    before: Snapshot,
    events: Sequence[Mapping[str, Any]] | None = None,
) -> Any:
    """Return the client's state: the snapshot ``before`` and ``events``; without them, all recorded after it."""
    conversation, messages = before
    if events is None:
        events = missed(conversation_id, audience, after=conversation["position"])
    given = {
        "audience": str(audience),
        "conversations": [conversation],
        "threads": {
            str(conversation_id): {
                "messages": messages,
                "position": conversation["position"],
                "hasMore": False,
            }
        },
        "events": events,
    }
    done = subprocess.run(
        ["node", "tests/contract/apply_events.mjs"],
        cwd=settings.BASE_DIR,
        input=json.dumps(given).encode(),
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)
