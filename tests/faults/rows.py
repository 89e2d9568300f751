"""What a run has left in the database."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import psycopg

from tests.faults.journal import Stored
from tests.faults.scene import House
from tests.faults.screen import STATUS
from tests.faults.state import Kept, Logged

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
