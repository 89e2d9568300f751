"""The tenants, people and conversations of a run, made through the product's own actions, and the rows they leave.

Import only after Django is set up.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

import psycopg

from conversations.models import Conversation, Message
from conversations.queries import conversation_row
from tenants.actions.create_tenant import create_tenant
from tenants.clock import now
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tenants.timers import set_timer
from tests.cast import begin, make_inbox, make_operator, make_visitor, reply
from tests.conversations.sockets.talk import session_cookie
from tests.faults.journal import Stored
from tests.faults.screen import STATUS
from tests.faults.state import Kept, Logged


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


CHANGES = """
    SELECT conversation_id, type, payload ->> 'operator_id', operators_position FROM tenants_eventrecord
    WHERE tenant_id = ANY (%s) AND type IN (
        'conversation.assigned', 'conversation.resolved', 'conversation.reopened', 'conversation.snoozed',
        'conversation.marked_pending'
    )
    ORDER BY conversation_id, operators_position
"""
# Names as in screen.SHOWN; moments as the product writes them.
CONVERSATIONS = """
    SELECT c.tenant_id, c.id,
        jsonb_build_object(
            'status', c.status, 'operator', c.operator_id, 'unread_count', c.unread_count,
            'waiting_since', to_char(c.waiting_since AT TIME ZONE 'UTC', stamp),
            'last_activity_at', to_char(c.last_activity_at AT TIME ZONE 'UTC', stamp),
            'resolved_at', to_char(c.resolved_at AT TIME ZONE 'UTC', stamp), 'last_text', c.last_message_text,
            'contact_read_position', c.contact_read_position
        ),
        jsonb_build_object(
            'status', c.status, 'operator', o.display_name, 'unread_count', c.contact_unread_count,
            'last_text', c.last_message_text, 'read_position', c.contact_read_position,
            'operators_seen_position', c.operators_seen_position
        ),
        jsonb_build_object('operators', c.operators_read_position, 'contact', c.contact_read_position),
        jsonb_build_object(
            'operators', count(m.id) FILTER (
                WHERE m.author_kind = 'contact' AND m.operators_position > c.operators_read_position),
            'contact', count(m.id) FILTER (
                WHERE m.author_kind <> 'contact' AND m.contact_position > c.contact_read_position)
        )
    FROM conversations_conversation c
    CROSS JOIN (SELECT 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"' AS stamp) AS moments
    LEFT JOIN operators_operator o ON o.id = c.operator_id
    LEFT JOIN conversations_message m ON m.conversation_id = c.id AND m.kind = 'reply'
    WHERE c.tenant_id = ANY (%s)
    GROUP BY c.id, o.display_name, stamp
"""


class Rows:
    """The database as it is, past row-level security and past the product."""

    def __init__(self, url: str, houses: Sequence[House]) -> None:
        self.url, self.tenants = url, [house.tenant_id for house in houses]

    def messages(self) -> list[Stored]:
        """Return every message, private notes and lines apart."""
        statement = """
            SELECT tenant_id, conversation_id, client_id, text, contact_position, operators_position
            FROM conversations_message WHERE kind = 'reply' AND tenant_id = ANY (%s)
        """
        with psycopg.connect(self.url) as connection:
            return [
                Stored(
                    tenant=str(tenant),
                    conversation=str(conversation),
                    client_id=str(client_id),
                    text=text,
                    positions={"contact": contact, "operators": operators},
                )
                for tenant, conversation, client_id, text, contact, operators in connection.execute(
                    statement, [self.tenants]
                )
            ]

    def conversations(self) -> list[Kept]:
        """Return every conversation with its log. Raises OperationalError."""
        logs: dict[UUID, list[Logged]] = defaultdict(list)
        with psycopg.connect(self.url, connect_timeout=5) as connection:
            for pk, kind, operator, position in connection.execute(CHANGES, [self.tenants]):
                name, value = ("status", STATUS[kind]) if kind in STATUS else ("operator", operator)
                logs[pk].append(Logged(position, name, value))
            found = connection.execute(CONVERSATIONS, [self.tenants]).fetchall()
        return [
            Kept(
                tenant=str(tenant),
                conversation=str(pk),
                rows={"operators": operators, "contact": contact},
                read=read,
                owed=owed,
                log=logs[pk],
            )
            for tenant, pk, operators, contact, read, owed in found
        ]

    def heads(self) -> dict[tuple[str, str], int]:
        """Return the head of each conversation for each audience. Raises OperationalError."""
        statement = """
            SELECT id, contact_position, operators_position
            FROM conversations_conversation WHERE tenant_id = ANY (%s)
        """
        heads = {}
        with psycopg.connect(self.url, connect_timeout=5) as connection:
            for pk, contact, operators in connection.execute(statement, [self.tenants]):
                heads[str(pk), "contact"], heads[str(pk), "operators"] = contact, operators
        return heads

    def waiting_mails(self) -> int:
        """Return how many follow-ups and mails still have to go out. Raises OperationalError."""
        # Those of today's talk are ten minutes away, and for nobody with an address.
        statement = """
            SELECT count(*) FROM tenants_timer
            WHERE kind IN ('follow_up', 'mail') AND tenant_id = ANY (%s) AND due_at < now() + interval '3 minutes'
        """
        with psycopg.connect(self.url, connect_timeout=5) as connection:
            row = connection.execute(statement, [self.tenants]).fetchone()
        return int(row[0]) if row else 0
