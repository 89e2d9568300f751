"""The reader of the event log that keeps the figures up to date."""

from collections.abc import Sequence
from typing import ClassVar

from analytics.projections import state, store
from analytics.projections.fold import fold
from analytics.schedules import Schedules
from tenants.events import Reader, StoredEvent

NAME = "analytics"


class FiguresReader(Reader):
    """Folds a batch of events, in the transaction that moves the cursor: every event counts exactly once."""

    name: ClassVar[str] = NAME
    types: ClassVar[tuple[str, ...]] = (
        state.CREATED,
        state.MESSAGE,
        state.ASSIGNED,
        state.RESOLVED,
        *state.UNRESOLVED,
        state.SPAM,
        state.RATED,
    )

    def handle(self, events: Sequence[StoredEvent]) -> None:
        """Fold events into facts, measurements and rollups."""
        conversation_ids = {event.conversation_id for event in events if event.conversation_id is not None}
        before = store.load_states(conversation_ids)
        store.save(fold(events, states=before, schedules=Schedules.load()), before=before)

    def reset(self) -> None:
        """Remove every figure of the tenant."""
        store.forget_everything()
