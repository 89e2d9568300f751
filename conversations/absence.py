"""Away by itself: whoever has closed all their pages for two minutes, and online again when they are back."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from conversations.presence import who_is_known_here
from operators.actions.set_availability import set_availability
from operators.models import Availability, Operator
from tenants.clock import now
from tenants.permissions import system_actor
from tenants.scoping import current_tenant_id
from tenants.timers import set_timer, set_timer_once

KIND: Final = "operator_gone"
# While somebody is here they are looked for so often: a process that dies tells nobody who has left. How long they
# may be away before they count as gone is said in ``presence.GRACE_SECONDS``.
LOOK_AGAIN: Final = timedelta(seconds=45)


def came(operator: Operator) -> Operator:
    """Note that an operator has opened a page, and return them as they are now."""
    set_timer_once(kind=KIND, subject_id=operator.pk, due_at=now() + LOOK_AGAIN)
    if not operator.is_away_by_itself:
        return operator
    actor = system_actor(current_tenant_id())
    return set_availability(
        actor=actor, operator_id=operator.pk, availability=Availability.ONLINE, by_itself=True
    )


def look_for(operator_id: UUID) -> None:
    """Look whether an operator is still here; who is not is away, and no longer looked for until they come back."""
    here = who_is_known_here(tenant_id=current_tenant_id(), kind="operator")
    # With the broker away nobody knows, and nobody is said to have left.
    if here is None or operator_id in here:
        set_timer(kind=KIND, subject_id=operator_id, due_at=now() + LOOK_AGAIN)
        return
    gone = Operator.objects.filter(pk=operator_id, is_active=True, availability=Availability.ONLINE)
    if gone.exists():
        actor = system_actor(current_tenant_id())
        set_availability(actor=actor, operator_id=operator_id, availability=Availability.AWAY, by_itself=True)
