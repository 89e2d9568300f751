"""Whoever is deactivated stops answering: their conversations are handed back."""

from collections.abc import Sequence
from uuid import UUID

from conversations.actions.release import release_conversations
from tenants.events import Reader, StoredEvent
from tenants.permissions import system_actor
from tenants.scoping import current_tenant_id


class HandOver(Reader):
    """``operator.deactivated`` comes from a lower layer, which knows no conversations."""

    name = "hand_over"
    types = ("operator.deactivated",)

    def handle(self, events: Sequence[StoredEvent]) -> None:
        for event in events:
            release_conversations(
                actor=system_actor(current_tenant_id()), operator_id=UUID(str(event.body["operator_id"]))
            )
