"""The tenants, people and conversations of a run, made through the product's own actions.

Import only after Django is set up.
"""

import os
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from conversations.models import Conversation, Message
from conversations.queries import conversation_row
from tenants.actions.create_tenant import create_tenant
from tenants.clock import now
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tenants.timers import set_timer
from tests.cast import begin, make_inbox, make_operator, make_visitor, reply
from tests.conversations.sockets.talk import session_cookie


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much goes on. ``rate`` is messages a second, ``away`` contacts to whom a follow-up mail is due."""

    visitors: int = 200
    operators: int = 20
    tenants: int = 3
    rate: float = 50.0
    seconds: float = 60.0
    away: int = 30
    patience: float = 120.0

    @classmethod
    def from_environment(cls) -> Self:
        """Read VISITORS, OPERATORS, TENANTS, RATE and SECONDS or MINUTES."""
        given = os.environ
        seconds = float(given.get("SECONDS", float(given.get("MINUTES", "1")) * 60))
        return cls(
            visitors=int(given.get("VISITORS", "200")),
            operators=int(given.get("OPERATORS", "20")),
            tenants=int(given.get("TENANTS", "3")),
            rate=float(given.get("RATE", "50")),
            seconds=seconds,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation, who has it, where its positions stand, and its row as it comes with an operator's page."""

    id: str
    visitor_token: str
    operator: int
    contact_position: int
    operators_position: int
    row: dict[str, Any]


@dataclass(slots=True, kw_only=True)
class House:
    """A tenant: its operators by id, their cookies, its conversations, the addresses that wait for a follow-up."""

    tenant_id: UUID
    name: str
    operators: list[str]
    cookies: list[str]
    talks: list[Talk] = field(default_factory=list)
    away: list[str] = field(default_factory=list)


def make_houses(scale: Scale, *, prefix: str) -> list[House]:
    """Make the tenants of one run. ``prefix`` must be new: people are known by their addresses."""
    return [_make_house(scale, number, f"{prefix}x{number}") for number in range(scale.tenants)]


def _share(count: int, number: int, scale: Scale) -> int:
    return max(1, count // scale.tenants + (1 if number < count % scale.tenants else 0)) if count else 0


def _make_house(scale: Scale, number: int, name: str) -> House:
    tenant = create_tenant(name=name)
    inbox = make_inbox(tenant)
    operators = [
        make_operator(tenant, name=f"Operator{at}") for at in range(_share(scale.operators, number, scale))
    ]
    house = House(
        tenant_id=tenant.pk,
        name=name,
        operators=[str(one.pk) for one in operators],
        cookies=[session_cookie(one) for one in operators],
    )
    for at in range(_share(scale.visitors, number, scale)):
        visitor = make_visitor(inbox, name=f"Visitor{at}")
        talk = begin(visitor)
        house.talks.append(
            Talk(
                id=str(talk.pk),
                visitor_token=visitor.token,
                operator=at % len(operators),
                contact_position=talk.contact_position,
                operators_position=talk.operators_position,
                row=_row(tenant, talk),
            )
        )
    for at in range(_share(scale.away, number, scale)):
        address = f"away{at}@{name}.example"
        talk = begin(make_visitor(inbox, name=f"Away{at}", email=address), f"{name} away {at} asks")
        reply(operators[0], talk, f"{name} away {at} is answered")
        _follow_up_is_due(tenant, talk, seconds=scale.seconds * at / scale.away * scale.tenants)
        house.away.append(address)
    return house


def _row(tenant: Tenant, conversation: Conversation) -> dict[str, Any]:
    with tenant_scope(TenantId(tenant.pk)):
        return dict(conversation_row(conversation_id=conversation.pk))


def _follow_up_is_due(tenant: Tenant, conversation: Conversation, *, seconds: float) -> None:
    with tenant_scope(TenantId(tenant.pk)):
        messages = Message.objects.filter(conversation=conversation)
        messages.update(created_at=conversation.created_at.replace(year=2020))
        set_timer(kind="follow_up", subject_id=conversation.pk, due_at=now() + timedelta(seconds=seconds))
