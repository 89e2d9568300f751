"""Runs every projection over a batch of events. Pure: states and events in, states and measurements out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from analytics.metrics import Metric
from analytics.projections import satisfaction, speed, volume
from analytics.projections.measured import Measured, Step
from analytics.projections.state import CREATED, ConversationState, advance, opened
from analytics.schedules import Schedules
from tenants.events import StoredEvent

Projection = Callable[[Step], Iterator[Measured]]

PROJECTIONS: Final[tuple[Projection, ...]] = (volume.measure, speed.measure, satisfaction.measure)


@dataclass(slots=True)
class Folded:
    """The outcome: the state of every conversation touched, and its new measurements by (metric, slot)."""

    states: dict[UUID, ConversationState]
    measured: dict[tuple[UUID, Metric, int], Measured] = field(default_factory=dict)


def fold(
    events: Iterable[StoredEvent], *, states: dict[UUID, ConversationState], schedules: Schedules
) -> Folded:
    """Fold events (of each conversation in order) into the states known before them."""
    folded = Folded(states=dict(states))
    for event in events:
        conversation_id = event.conversation_id
        if conversation_id is None:
            continue
        before = folded.states.get(conversation_id)
        if before is None:
            if event.type == CREATED:
                folded.states[conversation_id] = opened(event)
            continue
        hours = schedules.at(before.inbox_id, event.created_at)
        after = advance(before, event, hours=hours)
        folded.states[conversation_id] = after
        step = Step(before=before, after=after, event=event, hours=hours)
        for projection in PROJECTIONS:
            for one in projection(step):
                folded.measured[conversation_id, one.metric, one.slot] = one
    return folded
