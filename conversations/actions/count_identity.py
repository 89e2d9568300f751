"""Count how a site says who its visitors are: with a signature, without, or with one that is refused."""

from typing import Any, Final, Literal
from uuid import UUID

from django.db import connection

from tenants.clock import now
from tenants.ids import uuid7
from tenants.scoping import current_tenant_id

Outcome = Literal["signed", "unsigned", "refused"]
_COUNT: Final = """
    INSERT INTO conversations_identitycount AS counted
        (id, tenant_id, inbox_id, day, signed, unsigned, refused, last_refusal)
    VALUES (%(id)s, %(tenant)s, %(inbox)s, %(day)s, %(signed)s, %(unsigned)s, %(refused)s, %(reason)s)
    ON CONFLICT (tenant_id, inbox_id, day) DO UPDATE SET
        signed = counted.signed + excluded.signed,
        unsigned = counted.unsigned + excluded.unsigned,
        refused = counted.refused + excluded.refused,
        last_refusal = coalesce(nullif(excluded.last_refusal, ''), counted.last_refusal)
"""


def count_identity(*, inbox_id: UUID, outcome: Outcome, reason: str = "") -> None:
    """Add one to today's count of an inbox. ``reason``: why a token was refused."""
    values: dict[str, Any] = {
        "id": uuid7(),
        "tenant": current_tenant_id(),
        "inbox": inbox_id,
        "day": now().date(),
        "reason": reason,
        **{name: int(name == outcome) for name in ("signed", "unsigned", "refused")},
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
