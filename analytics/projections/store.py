"""Reading and writing what the fold works on: facts, measurements and rollups of the tenant in scope."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, fields
from typing import Final
from uuid import UUID

from django.db import connection

from analytics.metrics import REPLACED, Metric
from analytics.models import ConversationFact, DayRollup, DayZone, Measurement, Rollup
from analytics.projections.days import add_to_days
from analytics.projections.fold import Folded
from analytics.projections.measured import Measured
from analytics.projections.rollups import Amounts
from analytics.projections.state import ConversationState
from tenants.ids import uuid7
from tenants.scoping import current_tenant_id

_STATE_FIELDS: Final = tuple(field.name for field in fields(ConversationState))
_MEASURED_FIELDS: Final = tuple(field.name for field in fields(Measured))
_MEASUREMENT_KEY: Final = ("tenant", "conversation_id", "metric", "slot")

_ADD_TO_ROLLUPS: Final = """
    INSERT INTO analytics_rollup AS r
        (id, tenant_id, bucket, metric, inbox_id, operator_id, team_id, in_hours, bin, count, sum)
    SELECT id, %s, bucket, metric, inbox_id, operator_id, team_id, in_hours, bin, count, sum
    FROM unnest(
        %s::uuid[], %s::timestamptz[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::boolean[],
        %s::smallint[], %s::bigint[], %s::bigint[]
    ) AS added (id, bucket, metric, inbox_id, operator_id, team_id, in_hours, bin, count, sum)
    ON CONFLICT (tenant_id, metric, bucket, inbox_id, operator_id, team_id, in_hours, bin)
    DO UPDATE SET count = r.count + excluded.count, sum = r.sum + excluded.sum
"""


def load_states(conversation_ids: Collection[UUID]) -> dict[UUID, ConversationState]:
    """Return the states of conversations that were seen before."""
    found = ConversationFact.objects.filter(conversation_id__in=conversation_ids).values(*_STATE_FIELDS)
    return {
        row["conversation_id"]: ConversationState(
            **{**row, "replied_operator_ids": tuple(row["replied_operator_ids"])}
        )
        for row in found
    }


def save(folded: Folded, *, before: dict[UUID, ConversationState]) -> None:
    """Write the outcome of a fold, and add to the rollups what it changed."""
    states = folded.states
    flipped = {key for key, old in before.items() if old.is_spam != states[key].is_spam}
    rewritten = flipped | {key[0] for key, one in folded.measured.items() if _replaces(one)}
    stored = {
        (row.conversation_id, Metric(row.metric), row.slot): row
        for row in Measurement.objects.filter(conversation_id__in=rewritten)
    }
    amounts = Amounts()
    for key, row in stored.items():
        is_counted = not states[row.conversation_id].is_spam
        if row.is_counted:
            amounts.add(row, times=-1)
        if is_counted and key not in folded.measured:
            amounts.add(row)
    for one in folded.measured.values():
        if not states[one.conversation_id].is_spam:
            amounts.add(one)
    _save_states(states.values())
    for is_spam in (True, False):
        chosen = [key for key in flipped if states[key].is_spam is is_spam]
        Measurement.objects.filter(conversation_id__in=chosen).update(is_counted=not is_spam)
    _save_measured(folded)
    add_to_rollups(amounts)


def _replaces(one: Measured) -> bool:
    return one.metric in REPLACED


def _save_states(states: Iterable[ConversationState]) -> None:
    tenant_id = current_tenant_id()
    rows = [
        ConversationFact(
            tenant_id=tenant_id, **{**asdict(state), "replied_operator_ids": list(state.replied_operator_ids)}
        )
        for state in states
    ]
    ConversationFact.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "conversation_id"],
        update_fields=[name for name in _STATE_FIELDS if name != "conversation_id"],
    )


def _save_measured(folded: Folded) -> None:
    tenant_id = current_tenant_id()
    rows = [
        Measurement(
            tenant_id=tenant_id,
            is_counted=not folded.states[one.conversation_id].is_spam,
            **{name: getattr(one, name) for name in _MEASURED_FIELDS},
        )
        for one in folded.measured.values()
    ]
    Measurement.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=list(_MEASUREMENT_KEY),
        update_fields=[
            *(name for name in _MEASURED_FIELDS if name not in _MEASUREMENT_KEY),
            "is_counted",
        ],
    )


def add_to_rollups(amounts: Amounts) -> None:
    """Add amounts to the tenant's rollups; what comes to nothing is removed."""
    settled = amounts.settled()
    if not settled:
        return
    tenant_id = current_tenant_id()
    keys = [key for key, _amount in settled]
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD_TO_ROLLUPS,
            [
                tenant_id,
                [uuid7() for _ in keys],
                [key.bucket for key in keys],
                [key.metric for key in keys],
                [key.inbox_id for key in keys],
                [key.operator_id for key in keys],
                [key.team_id for key in keys],
                [key.in_hours for key in keys],
                [key.bin for key in keys],
                [amount.count for _key, amount in settled],
                [amount.sum for _key, amount in settled],
            ],
        )
    emptied = {key.bucket for key, amount in settled if amount.count < 0}
    if emptied:
        Rollup.objects.filter(bucket__in=emptied, count=0, sum=0).delete()
    add_to_days(settled)


def forget_everything() -> None:
    """Remove every figure of the tenant. The hours versions stay: they are not in the log."""
    for model in (DayRollup, DayZone, Rollup, Measurement, ConversationFact):
        model.objects.all().delete()
