"""Whether an inbox is open and somebody is there: asked once for all the sockets that want to know."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

from tenants.per_loop import PerLoop

# So old a state may be for who comes, and for who is told when it changes.
FRESH_SECONDS: Final = 2.0
STALE_SECONDS: Final = 10.0
MOST: Final = 10_000

State = dict[str, Any]
_States = dict[UUID, tuple[float, asyncio.Future[State]]]
_no_states: Callable[[], _States] = dict
_states = PerLoop(_no_states)


async def shared_state(
    inbox_id: UUID, ask: Callable[[], Awaitable[State]], *, seconds: float = FRESH_SECONDS
) -> State:
    """Return the state of an inbox, at most so many seconds old. Raises what ``ask`` raises."""
    loop, states = asyncio.get_running_loop(), _states()
    found = states.get(inbox_id)
    if found is None or found[0] < loop.time() - seconds or (found[1].done() and found[1].exception()):
        if len(states) > MOST:
            states.clear()
        found = states[inbox_id] = (loop.time(), asyncio.ensure_future(ask()))
    return await asyncio.shield(found[1])
