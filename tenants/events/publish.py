"""Recording what happened, in the transaction that makes it true."""

import json
from collections.abc import Iterable
from functools import partial
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from tenants.clock import now
from tenants.events.fanout import hint, tell
from tenants.events.groups import conversation_group, inbox_group, operator_group
from tenants.events.hub import Hint
from tenants.events.registry import REGISTRY, Audience, Event, Positions
from tenants.events.wire import frame
from tenants.ids import uuid7
from tenants.models import EventRecord
from tenants.scoping import TenantId, current_tenant_id


class OutsideTransactionError(RuntimeError):
    """publish() was called where the change and its event could part."""


# The ORM takes three times as long to say this, and every change of anything says it.
_RECORD: Final = """
    INSERT INTO tenants_eventrecord
        (id, tenant_id, conversation_id, type, payload, operators_position, contact_position, created_at)
    VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s, %s)
"""


def publish(event: Event) -> Positions:
    """Record an event with the change that caused it; hint the sockets after the commit. Returns its place.

    Raises OutsideTransactionError when no transaction is open, ValueError for an ephemeral event.
    """
    if not connection.in_atomic_block:
        raise OutsideTransactionError("publish() belongs inside the transaction that makes the event true")
    if event.is_ephemeral:
        raise ValueError(f"{event.type} is ephemeral: broadcast it")
    tenant_id = current_tenant_id()
    positions = event.take_positions()
    body = event.body()
    with connection.cursor() as cursor:
        cursor.execute(
            _RECORD,
            [
                uuid7(),
                tenant_id,
                event.stream_id(),
                event.type,
                json.dumps(body),
                positions.operators,
                positions.contact,
                now(),
            ],
        )
    hints = frame_hints(
        type=event.type,
        body=body,
        audiences=event.audiences,
        tenant_id=tenant_id,
        conversation_id=event.stream_id(),
        positions=positions,
    )
    transaction.on_commit(partial(tell, tenant_id, hints), robust=True)
    return positions


def frame_hints(
    *,
    type: str,
    body: dict[str, object],
    audiences: frozenset[Audience],
    tenant_id: TenantId,
    conversation_id: UUID | None,
    positions: Positions,
) -> list[Hint]:
    """Return the hints of a recorded event given by its parts."""
    hints = []
    for audience in (Audience.OPERATORS, Audience.CONTACT):
        if audience not in audiences or (audience is Audience.CONTACT and conversation_id is None):
            continue
        made = frame(
            type=type,
            body=body,
            audience=audience,
            tenant_id=tenant_id,
            operators_position=positions.operators,
            contact_position=positions.contact,
        )
        if audience is Audience.OPERATORS or conversation_id is None:
            hints.append(hint(inbox_group(tenant_id), made))
        else:
            hints.append(hint(conversation_group(tenant_id, conversation_id, audience), made))
    return hints


def hints_again(records: Iterable[EventRecord]) -> list[Hint]:
    """Return the hints of events recorded earlier.

    A process that dies after a commit has told nobody. When the same command comes again, through another process, its
    answer is that it was carried out already, and the others are told now; whoever knows drops what has its position.
    """
    return [
        hint
        for record in records
        for hint in frame_hints(
            type=record.type,
            body=record.payload,
            audiences=REGISTRY[record.type].audiences,
            tenant_id=current_tenant_id(),
            conversation_id=record.conversation_id,
            positions=Positions(record.operators_position, record.contact_position),
        )
    ]


def ephemeral_hints(event: Event, tenant_id: TenantId, only: Audience | None = None) -> list[Hint]:
    """Return the hints of an ephemeral event: to its addressee, the conversation's groups, or the inbox group."""
    stream_id = event.stream_id()
    made = {"type": event.type, **event.body()}
    if (addressee := event.addressee()) is not None:
        return [hint(operator_group(tenant_id, addressee), made)]
    if stream_id is None:
        return [hint(inbox_group(tenant_id), made)]
    audiences = [only] if only else sorted(event.audiences)
    return [hint(conversation_group(tenant_id, stream_id, audience), made) for audience in audiences]


def broadcast(event: Event, *, only: Audience | None = None) -> None:
    """Tell whoever is online; nothing is recorded and it may be lost (typing, presence).

    ``only`` narrows it to one of the event's audiences. Raises ValueError for an event that must be recorded.
    """
    if not event.is_ephemeral:
        raise ValueError(f"{event.type} is recorded: publish it")
    tenant_id = current_tenant_id()
    hints = ephemeral_hints(event, tenant_id, only)
    if connection.in_atomic_block:
        transaction.on_commit(partial(tell, tenant_id, hints), robust=True)
    else:
        tell(tenant_id, hints)
