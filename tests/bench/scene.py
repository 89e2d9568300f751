"""Tenants, operators, visitors and conversations for a load, made through the product's own actions.

Import only after Django is set up.
"""

from dataclasses import dataclass
from uuid import UUID

from tenants.actions.create_tenant import create_tenant
from tests.cast import begin, make_inbox, make_operator, make_visitor, reply
from tests.conversations.sockets.talk import session_cookie


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScene:
    """A visitor and an operator of one tenant, and the conversation they have."""

    tenant_id: UUID
    conversation_id: UUID
    contact_id: UUID
    visitor_token: str
    operator_cookie: str


def make_pairs(count: int, *, prefix: str = "Pair") -> list[PairScene]:
    """Make ``count`` tenants, each with one operator in the middle of one conversation."""
    pairs = []
    for number in range(count):
        tenant = create_tenant(name=f"{prefix}{number}")
        operator = make_operator(tenant, name="Alice")
        visitor = make_visitor(make_inbox(tenant))
        conversation = begin(visitor, "Hello")
        reply(operator, conversation)  # it is hers now: what follows is the plain case
        pairs.append(
            PairScene(
                tenant_id=tenant.pk,
                conversation_id=conversation.pk,
                contact_id=visitor.contact_id,
                visitor_token=visitor.token,
                operator_cookie=session_cookie(operator),
            )
        )
    return pairs
