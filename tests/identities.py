"""What a customer's own server does: it signs who its visitors are."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt

from conversations.actions.manage_identity_keys import MadeKey, create_identity_key
from conversations.models import Inbox
from operators.models import Operator
from tenants.clock import now
from tenants.scoping import TenantId, tenant_scope

HOUR = timedelta(hours=1)


def make_key(operator: Operator, inbox: Inbox, *, algorithm: str = "HS256", public_key: str = "") -> MadeKey:
    """Let an admin make a key of an inbox. Opens a scope."""
    with tenant_scope(TenantId(inbox.tenant_id)):
        return create_identity_key(
            actor=operator.actor, inbox_id=inbox.pk, algorithm=algorithm, public_key=public_key
        )


def token_of(
    made: MadeKey,
    sub: Any = "user-7",
    *,
    lives: timedelta = HOUR,
    header: dict[str, Any] | None = None,
    **claims: Any,
) -> str:
    """Return a token as the customer's server makes it with an HS256 key. A claim of ``...`` is left out."""
    payload = {"sub": sub, "iat": int(now().timestamp()), "exp": int((now() + lives).timestamp()), **claims}
    return jwt.encode(
        {name: value for name, value in payload.items() if value is not ...},
        made.secret,
        algorithm="HS256",
        headers={"kid": made.key.key_id, **(header or {})},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainKey:
    """A key that is in no database."""

    key_id: str
    algorithm: str
    text: str

    def material(self) -> str:
        return self.text
